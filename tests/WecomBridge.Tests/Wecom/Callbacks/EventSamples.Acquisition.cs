namespace WecomBridge.Tests.Wecom.Callbacks;

public static partial class EventSamples
{
    private static IEnumerable<(string Name, string Xml)> Acquisition() =>
    [
        ("customer_acquisition balance_low", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700003000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[customer_acquisition]]></Event>
              <ChangeType><![CDATA[balance_low]]></ChangeType>
            </xml>
            """),
        ("customer_acquisition quota_expire_soon", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700003100</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[customer_acquisition]]></Event>
              <ChangeType><![CDATA[quota_expire_soon]]></ChangeType>
              <ExpireTime>1701216000</ExpireTime>
              <ExpireQuotaNum>150</ExpireQuotaNum>
            </xml>
            """),
        ("customer_acquisition link_unavailable", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700003200</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[customer_acquisition]]></Event>
              <ChangeType><![CDATA[link_unavailable]]></ChangeType>
              <LinkId><![CDATA[caEXAMPLElink01]]></LinkId>
            </xml>
            """),
        ("customer_acquisition friend_request", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700003300</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[customer_acquisition]]></Event>
              <ChangeType><![CDATA[friend_request]]></ChangeType>
              <LinkId><![CDATA[caEXAMPLElink01]]></LinkId>
              <State><![CDATA[ad-42]]></State>
            </xml>
            """),
        ("customer_acquisition customer_start_chat", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700003400</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[customer_acquisition]]></Event>
              <ChangeType><![CDATA[customer_start_chat]]></ChangeType>
              <UserID><![CDATA[staff-001]]></UserID>
              <ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000003]]></ExternalUserID>
            </xml>
            """),
        ("customer_acquisition message_from_customer", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700003500</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[customer_acquisition]]></Event>
              <ChangeType><![CDATA[message_from_customer]]></ChangeType>
              <LinkId><![CDATA[caEXAMPLElink01]]></LinkId>
              <ChatKey><![CDATA[CHATKEY-1]]></ChatKey>
            </xml>
            """),
    ];
}
