namespace WecomBridge.Tests.Wecom.Callbacks;

public static partial class EventSamples
{
    private static IEnumerable<(string Name, string Xml)> Tags() =>
    [
        ("change_external_tag create", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700002000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_tag]]></Event>
              <Id><![CDATA[etEXAMPLEtag0000000000000000001]]></Id>
              <TagType><![CDATA[tag]]></TagType>
              <ChangeType><![CDATA[create]]></ChangeType>
            </xml>
            """),
        ("change_external_tag update", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700002100</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_tag]]></Event>
              <Id><![CDATA[etEXAMPLEgroup000000000000000001]]></Id>
              <TagType><![CDATA[tag_group]]></TagType>
              <ChangeType><![CDATA[update]]></ChangeType>
            </xml>
            """),
        ("change_external_tag delete", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700002200</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_tag]]></Event>
              <Id><![CDATA[etEXAMPLEtag0000000000000000001]]></Id>
              <TagType><![CDATA[tag]]></TagType>
              <ChangeType><![CDATA[delete]]></ChangeType>
            </xml>
            """),
        ("change_external_tag shuffle", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700002300</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_tag]]></Event>
              <Id><![CDATA[etEXAMPLEgroup000000000000000001]]></Id>
              <StrategyId><![CDATA[12]]></StrategyId>
              <ChangeType><![CDATA[shuffle]]></ChangeType>
            </xml>
            """),
    ];
}
