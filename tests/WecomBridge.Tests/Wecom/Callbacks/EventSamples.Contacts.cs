namespace WecomBridge.Tests.Wecom.Callbacks;

public static partial class EventSamples
{
    private static IEnumerable<(string Name, string Xml)> Contacts() =>
    [
        ("change_contact create_user", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700004000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_contact]]></Event>
              <ChangeType>create_user</ChangeType>
              <UserID><![CDATA[staff-010]]></UserID>
              <Name><![CDATA[Li Lei]]></Name>
              <Department><![CDATA[1,7]]></Department>
              <MainDepartment>7</MainDepartment>
              <IsLeaderInDept><![CDATA[0,1]]></IsLeaderInDept>
              <DirectLeader><![CDATA[staff-002]]></DirectLeader>
              <Position><![CDATA[Advisor]]></Position>
              <Mobile>13900000000</Mobile>
              <Gender>1</Gender>
              <Email><![CDATA[lilei@example.com]]></Email>
              <BizMail><![CDATA[lilei@corp.example.com]]></BizMail>
              <Status>4</Status>
              <Avatar><![CDATA[https://img.example.com/a/0]]></Avatar>
              <Alias><![CDATA[lilei]]></Alias>
              <Telephone><![CDATA[020-100000]]></Telephone>
              <Address><![CDATA[Guangzhou]]></Address>
              <ExtAttr>
                <Item><Name><![CDATA[Hobby]]></Name><Type>0</Type><Text><Value><![CDATA[Travel]]></Value></Text></Item>
                <Item><Name><![CDATA[Page]]></Name><Type>1</Type><Web><Title><![CDATA[Card]]></Title><Url><![CDATA[https://example.com]]></Url></Web></Item>
              </ExtAttr>
            </xml>
            """),
        ("change_contact update_user", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700004100</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_contact]]></Event>
              <ChangeType>update_user</ChangeType>
              <UserID><![CDATA[staff-010]]></UserID>
              <NewUserID><![CDATA[li.lei]]></NewUserID>
              <Department><![CDATA[1,8]]></Department>
            </xml>
            """),
        ("change_contact delete_user", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700004200</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_contact]]></Event>
              <ChangeType>delete_user</ChangeType>
              <UserID><![CDATA[li.lei]]></UserID>
            </xml>
            """),
        ("change_contact create_party", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700004300</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_contact]]></Event>
              <ChangeType>create_party</ChangeType>
              <Id>8</Id>
              <Name><![CDATA[East region]]></Name>
              <ParentId><![CDATA[1]]></ParentId>
              <Order>10</Order>
            </xml>
            """),
        ("change_contact update_tag", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700004400</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[change_contact]]></Event>
              <ChangeType><![CDATA[update_tag]]></ChangeType>
              <TagId>5</TagId>
              <AddUserItems><![CDATA[staff-001,staff-002]]></AddUserItems>
              <DelUserItems><![CDATA[staff-003]]></DelUserItems>
              <AddPartyItems><![CDATA[2]]></AddPartyItems>
              <DelPartyItems><![CDATA[3,4]]></DelPartyItems>
            </xml>
            """),
    ];
}
