namespace WecomBridge.Tests.Wecom.Callbacks;

public static partial class EventSamples
{
    private static IEnumerable<(string Name, string Xml)> Approvals() =>
    [
        ("sys_approval_change", """
            <xml>
              <ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>
              <FromUserName><![CDATA[sys]]></FromUserName>
              <CreateTime>1700008000</CreateTime>
              <MsgType><![CDATA[event]]></MsgType>
              <Event><![CDATA[sys_approval_change]]></Event>
              <AgentID>3010040</AgentID>
              <ApprovalInfo>
                <SpNoStr><![CDATA[202601010001]]></SpNoStr>
                <SpNo>202601010001</SpNo>
                <SpName><![CDATA[Expense]]></SpName>
                <SpStatus>1</SpStatus>
                <TemplateId><![CDATA[TPL-1]]></TemplateId>
                <ApplyTime>1700007900</ApplyTime>
                <Applyer><UserId><![CDATA[staff-001]]></UserId><Party><![CDATA[7]]></Party></Applyer>
                <SpRecord>
                  <SpStatus>1</SpStatus>
                  <ApproverAttr>1</ApproverAttr>
                  <Details>
                    <Approver><UserId><![CDATA[staff-002]]></UserId></Approver>
                    <Speech><![CDATA[]]></Speech>
                    <SpStatus>1</SpStatus>
                    <SpTime>0</SpTime>
                  </Details>
                </SpRecord>
                <Notifyer><UserId><![CDATA[staff-003]]></UserId></Notifyer>
                <ProcessList>
                  <NodeList>
                    <NodeType>1</NodeType><SpStatus>1</SpStatus><ApvRel>1</ApvRel>
                    <SubNodeList>
                      <UserInfo><UserId><![CDATA[staff-002]]></UserId></UserInfo>
                      <Speech><![CDATA[]]></Speech><SpYj>1</SpYj><Sptime>0</Sptime>
                    </SubNodeList>
                  </NodeList>
                </ProcessList>
                <StatuChangeEvent>1</StatuChangeEvent>
              </ApprovalInfo>
            </xml>
            """),
        ("open_approval_change", """
            <xml>
              <ToUserName>ww1234567890abcdef</ToUserName>
              <FromUserName>sys</FromUserName>
              <CreateTime>1700008100</CreateTime>
              <MsgType>event</MsgType>
              <Event>open_approval_change</Event>
              <AgentID>1000002</AgentID>
              <ApprovalInfo>
                <ThirdNo>A-1</ThirdNo>
                <OpenSpName>Payment</OpenSpName>
                <OpenTemplateId>TPL-9</OpenTemplateId>
                <OpenSpStatus>1</OpenSpStatus>
                <ApplyTime>1700008050</ApplyTime>
                <ApplyUserName>Li Lei</ApplyUserName>
                <ApplyUserId>staff-001</ApplyUserId>
                <ApplyUserParty>Product</ApplyUserParty>
                <ApplyUserImage>https://img.example.com/x.png</ApplyUserImage>
                <ApprovalNodes>
                  <ApprovalNode>
                    <NodeStatus>1</NodeStatus><NodeAttr>1</NodeAttr><NodeType>1</NodeType>
                    <Items><Item><ItemName>Boss</ItemName><ItemUserid>staff-002</ItemUserid><ItemParty>Product</ItemParty><ItemImage></ItemImage><ItemStatus>1</ItemStatus><ItemSpeech></ItemSpeech><ItemOpTime>0</ItemOpTime></Item></Items>
                  </ApprovalNode>
                </ApprovalNodes>
                <NotifyNodes><NotifyNode><ItemName>HR</ItemName><ItemUserid>staff-003</ItemUserid><ItemParty>HR</ItemParty><ItemImage></ItemImage></NotifyNode></NotifyNodes>
                <ApproverStep>0</ApproverStep>
              </ApprovalInfo>
            </xml>
            """),
    ];
}
