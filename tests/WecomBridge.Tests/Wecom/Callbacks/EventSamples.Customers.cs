namespace WecomBridge.Tests.Wecom.Callbacks;

public static partial class EventSamples
{
    private static IEnumerable<(string Name, string Xml)> Customers() =>
    [
        ("change_external_contact add_external_contact", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700000000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_contact]]></Event>
              <ChangeType><![CDATA[add_external_contact]]></ChangeType>
              <UserID><![CDATA[staff-001]]></UserID>
              <ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000001]]></ExternalUserID>
              <State><![CDATA[expo-2026-a]]></State>
              <WelcomeCode><![CDATA[CODE-1]]></WelcomeCode>
            </xml>
            """),
        ("change_external_contact edit_external_contact", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700000100</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_contact]]></Event>
              <ChangeType><![CDATA[edit_external_contact]]></ChangeType>
              <UserID><![CDATA[staff-001]]></UserID>
              <ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000001]]></ExternalUserID>
            </xml>
            """),
        ("change_external_contact add_half_external_contact", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700000200</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_contact]]></Event>
              <ChangeType><![CDATA[add_half_external_contact]]></ChangeType>
              <UserID><![CDATA[staff-001]]></UserID>
              <ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000002]]></ExternalUserID>
              <State><![CDATA[poster-7]]></State>
              <WelcomeCode><![CDATA[CODE-2]]></WelcomeCode>
            </xml>
            """),
        ("change_external_contact del_external_contact", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700000300</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_contact]]></Event>
              <ChangeType><![CDATA[del_external_contact]]></ChangeType>
              <UserID><![CDATA[staff-001]]></UserID>
              <ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000001]]></ExternalUserID>
              <Source><![CDATA[DELETE_BY_TRANSFER]]></Source>
            </xml>
            """),
        ("change_external_contact del_follow_user", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700000400</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_contact]]></Event>
              <ChangeType><![CDATA[del_follow_user]]></ChangeType>
              <UserID><![CDATA[staff-001]]></UserID>
              <ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000001]]></ExternalUserID>
            </xml>
            """),
        ("change_external_contact transfer_fail", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700000500</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_contact]]></Event>
              <ChangeType><![CDATA[transfer_fail]]></ChangeType>
              <FailReason><![CDATA[customer_refused]]></FailReason>
              <UserID><![CDATA[staff-002]]></UserID>
              <ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000001]]></ExternalUserID>
            </xml>
            """),
        ("change_external_contact msg_audit_approved", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700000600</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_external_contact]]></Event>
              <ChangeType><![CDATA[msg_audit_approved]]></ChangeType>
              <UserID><![CDATA[staff-001]]></UserID>
              <ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000001]]></ExternalUserID>
              <WelcomeCode><![CDATA[CODE-3]]></WelcomeCode>
            </xml>
            """),
    ];
}
