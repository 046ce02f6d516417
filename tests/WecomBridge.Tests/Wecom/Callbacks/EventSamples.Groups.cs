namespace WecomBridge.Tests.Wecom.Callbacks;

public static partial class EventSamples
{
    private static IEnumerable<(string Name, string Xml)> Groups() =>
    [
        ("change_external_chat create", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700001000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_chat]]></Event>
              <ChatId><![CDATA[wrEXAMPLEchat000000000000000001]]></ChatId>
              <ChangeType><![CDATA[create]]></ChangeType>
            </xml>
            """),
        ("change_external_chat update", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700001100</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_chat]]></Event>
              <ChatId><![CDATA[wrEXAMPLEchat000000000000000001]]></ChatId>
              <ChangeType><![CDATA[update]]></ChangeType>
              <UpdateDetail><![CDATA[add_member]]></UpdateDetail>
              <JoinScene>3</JoinScene>
              <QuitScene>0</QuitScene>
              <MemChangeCnt>2</MemChangeCnt>
              <MemChangeList>
                <Item>staff-003</Item>
                <Item>wmEXAMPLEcustomer0000000000000009</Item>
              </MemChangeList>
              <LastMemVer>00000000000000000000000000000001</LastMemVer>
              <CurMemVer>00000000000000000000000000000002</CurMemVer>
            </xml>
            """),
        ("change_external_chat dismiss", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700001200</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_chat]]></Event>
              <ChatId><![CDATA[wrEXAMPLEchat000000000000000001]]></ChatId>
              <ChangeType><![CDATA[dismiss]]></ChangeType>
            </xml>
            """),
    ];
}
