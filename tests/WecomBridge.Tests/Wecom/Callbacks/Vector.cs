namespace WecomBridge.Tests.Wecom.Callbacks;

/// <summary>Callbacks whose plaintext is known. V1 and V2 are those of WeCom's own samples; the others were made with the same key by two other implementations.</summary>
public sealed record Vector(string Name, string Timestamp, string Nonce, string Signature, string ReceiverId, string Message, string Encrypt)
{
    public const string Token = "QDG6eK";
    public const string AesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    public const string CorpId = "wx5823bf96d3bd56c7";

    /// <summary>The body of V2 as WeCom's sample has it.</summary>
    public const string OfficialBody =
        "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><Encrypt><![CDATA[RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==]]></Encrypt><AgentID><![CDATA[218]]></AgentID></xml>";

    private static readonly Vector[] All =
    [
        new("V1", "1409659589", "263014780", "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "wx5823bf96d3bd56c7",
            "1616140317555161061",
            "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="),
        new("V2", "1409659813", "1372623149", "477715d11cdb4164915debcba66cb864d751f3e6", "wx5823bf96d3bd56c7",
            "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>\n<FromUserName><![CDATA[mycreate]]></FromUserName>\n<CreateTime>1409659813</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[hello]]></Content>\n<MsgId>4561255354251345929</MsgId>\n<AgentID>218</AgentID>\n</xml>",
            "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="),
        new("V3", "1700000001", "nonceA", "1bd5b39327b5ec75818a088711f157617b6eb619", "wx5823bf96d3bd56c7",
            "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[u-1001]]></UserID><ExternalUserID><![CDATA[wmEXAMPLE0000000000000000000001]]></ExternalUserID><State><![CDATA[渠道A]]></State><WelcomeCode><![CDATA[CODE-0001]]></WelcomeCode></xml>",
            "sKqRbbiSUnDhFHOvPjtUMdurbM/LNeTvWY/8RbN+w/wawwQoC8HspIxcAroJ/6q0RbmgypsV+LELAmc3rvOk1aW8+ZfJBoWeHNPCC+qblft3Q9YwNSpv+/9Tx30sHEMBZGdnk7XkuiacEs/xPMxkka0Ec5g2/zw8Q8C1UxOrw+sI9ProBrQscx335a/3k5MuS/pqHWhIRq3+/F/GB2KL9ZV4h34GcJVy4Esjt4Rv8W/F5kL1N+qbA6Me+9dCGSm5NkzivKJZYnSvDxT+RTiUd7bpc7fqmhI7plgTkXNqhr/gxJDroujmBWRjORjEXF4YY+GynAKE3rqP84/ZLJSj2Bo5j66geul2wTxbQC0R21yts24Pi7zvEpyMsNth1EumSgtb5vKvUSIbzpCGu3X1PG8Br/bhb0EOC/CyeTzVaNwH8SqCsLcOCB43F6XEQAz+dLSVH3lCLR+ZYrA/Gw2SC16lEmDcluXbBPCYMpcUhR2YHch8Do2vaWbZKrkmbmAjYpqQPh1H999b74Sr1UmCFTMDp+trL4Nq/QWW9pwLXjCo5rXyOiRplw8Jrz40Zu8pqp/Bc6JaUQ0s7bvB9/ZQFZI5mawi0lenDoJidSQQ6UaduAWAjSeOgdP/IF/hZUrPdEMWDwq0rq7yO194l435zLmqIsfVSMQuFQNI3Ck/Pzhoj0IeByfKilEAln0/6eWQY5PJvCAMX2VHDcFIIMOE1A=="),
        new("V4", "1700000002", "nonceB", "6e1132be29b30c272b3b42af8da158df30d2ef79", "wx5823bf96d3bd56c7",
            "xxxxxxxxxxxxxxxxxxxxxxxxxx",
            "sKqRbbiSUnDhFHOvPjtUMSs1k8K1CdhVATTBQNj5RGfr2SSogQPwiaREvDG6j+anDDTQGRPc5XVafaRf07vjdJWo03DV9aa/cArn/HDtV476heTTKpJSMh7JMO1cnA3V"),
        new("V5", "1700000003", "nonceC", "d7c26595d216fabe233054006c713e0295252ede", "",
            "1234567890123456789",
            "sKqRbbiSUnDhFHOvPjtUMZy7bEw7RCIpqgWIzK+dhc2MW8/HCfrzuRLPCznYn7Jy/BOqNQ5o7qUxuZGUxjthLg=="),
        new("V6", "1700000004", "nonceD", "ee581d0ec2721eaf171b7ca865598b9375896810", "wx5823bf96d3bd56c7",
            "<xml><ToUserName><![CDATA[u-1001]]></ToUserName><FromUserName><![CDATA[wx5823bf96d3bd56c7]]></FromUserName><CreateTime>1700000004</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好 hello]]></Content></xml>",
            "sKqRbbiSUnDhFHOvPjtUMb8aL3wp6jTgPlvnNgWMJ/bxSDiWGlWIA66HzZFmt5N8kVLoBgimFxfUQnyI0rVG5SUoHZxaKLWsZOV++y66wH6zYOo67HsVLCCO85So3rD/UEIV/OJ1UbadeVHQjGXr1nDEInRRTc3O3XbpEv5zjhgFSMAidRWzwT5IufOw5/GTfOX3sG4bkpUIBZCKR/7Aiev8uAvjh8980RCHwwudJIzmn6CLD8Dqymr/HKT2wyHC7HFSpfxO8gV3tjFht+RV3fuSukIXaCPRFhJ7OZs8VirfwYHF0Ax0+nv5wvK4Sah3gu84fL2RMCcUZHcy0QfLzgwOrv6rKVTK4h/S/4jEpBXgPwvf0VLZYS6hpn8tSNwP"),
        new("V7", "1700000005", "nonceW", "b86e9d601b4125f7d85f8b934df67ebc4a70d2c3", "ww00000000000000ff",
            "1234567890123456789",
            "sKqRbbiSUnDhFHOvPjtUMZy7bEw7RCIpqgWIzK+dhc03IFtTlTOdbmhn9dPrc6sivN97ekW3wi5ik8p96/OaXQ=="),
        new("V8", "1700000006", "nonceM", "13d7ad90010cc4dbdc6d3753871ce361dd92d0e3", "wx5823bf96d3bd56c7",
            "<xml><Content><![CDATA[😀中]]></Content></xml>",
            "sKqRbbiSUnDhFHOvPjtUMbF1Qy88fpz+0Bb18nNyq8fPb68eEITOtrn4be7/39BDS0GqMV5FlGqjGujPLMyXzex4EWkVfZvzCrJ+c8uFSjaTpwEEMQ9nOu/QsOmInH6o"),
    ];

    public static TheoryData<string> Names => [.. All.Select(vector => vector.Name)];

    public static Vector Get(string name) => All.Single(vector => vector.Name == name);

    public override string ToString() => Name;
}
