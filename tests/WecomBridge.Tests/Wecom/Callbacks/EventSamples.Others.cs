namespace WecomBridge.Tests.Wecom.Callbacks;

public static partial class EventSamples
{
    private static IEnumerable<(string Name, string Xml)> Others() =>
    [
        ("batch_job_result", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700005000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[batch_job_result]]></Event>
              <BatchJob>
                <JobId><![CDATA[JOB-1]]></JobId>
                <JobType><![CDATA[sync_user]]></JobType>
                <ErrCode>0</ErrCode>
                <ErrMsg><![CDATA[ok]]></ErrMsg>
              </BatchJob>
            </xml>
            """),
        ("upload_media_job_finish", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700005100</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[upload_media_job_finish]]></Event>
              <JobId><![CDATA[jobid-1]]></JobId>
            </xml>
            """),
        ("msgaudit_notify", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700006000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <AgentID>2000004</AgentID>
              <Event><![CDATA[msgaudit_notify]]></Event>
            </xml>
            """),
        ("kf_msg_or_event", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <CreateTime>1700007000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[kf_msg_or_event]]></Event>
              <Token><![CDATA[ENC-TOKEN-1]]></Token>
              <OpenKfId><![CDATA[wkEXAMPLE1]]></OpenKfId>
            </xml>
            """),
        ("kf_account_auth_change", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700007100</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[kf_account_auth_change]]></Event>
              <AuthAddOpenKfId><![CDATA[wkEXAMPLE1]]></AuthAddOpenKfId>
              <AuthAddOpenKfId><![CDATA[wkEXAMPLE2]]></AuthAddOpenKfId>
              <AuthDelOpenKfId><![CDATA[wkEXAMPLE3]]></AuthDelOpenKfId>
            </xml>
            """),
        ("template_card_event", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[staff-001]]></FromUserName>
              <CreateTime>1700009000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[template_card_event]]></Event>
              <EventKey><![CDATA[btn-accept]]></EventKey>
              <TaskId><![CDATA[task-1]]></TaskId>
              <CardType><![CDATA[button_interaction]]></CardType>
              <ResponseCode><![CDATA[RC-1]]></ResponseCode>
              <AgentID>1000002</AgentID>
            </xml>
            """),
        ("message text", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[staff-001]]></FromUserName>
              <CreateTime>1700009100</CreateTime>
              <MsgType><![CDATA[text]]></MsgType>
              <Content><![CDATA[hello]]></Content>
              <MsgId>7300000000000000001</MsgId>
              <AgentID>1000002</AgentID>
            </xml>
            """),
    ];
}
