namespace WecomBridge.Wecom.Api;

/// <summary>Paths under <c>cgi-bin/</c>, as the platform's documentation names them.</summary>
public static class WecomPaths
{
    /// <summary>GET: an app's token.</summary>
    public const string GetToken = "gettoken";

    /// <summary>POST: greeting of a new contact.</summary>
    public const string SendWelcomeMessage = "externalcontact/send_welcome_msg";

    /// <summary>GET: a customer with their followers.</summary>
    public const string ExternalContactGet = "externalcontact/get";

    /// <summary>POST: what a member notes about a customer.</summary>
    public const string ExternalContactRemark = "externalcontact/remark";

    /// <summary>POST: corp tags.</summary>
    public const string CorpTagList = "externalcontact/get_corp_tag_list";

    /// <summary>POST: new corp tags.</summary>
    public const string AddCorpTag = "externalcontact/add_corp_tag";

    /// <summary>POST: tags of a customer.</summary>
    public const string MarkTag = "externalcontact/mark_tag";

    /// <summary>POST: a customer group.</summary>
    public const string GroupChatGet = "externalcontact/groupchat/get";

    /// <summary>GET: a member.</summary>
    public const string UserGet = "user/get";

    /// <summary>POST: temporary media.</summary>
    public const string MediaUpload = "media/upload";

    /// <summary>POST: permanent image for greetings.</summary>
    public const string MediaUploadImage = "media/uploadimg";

    /// <summary>POST: media of moments and albums.</summary>
    public const string MediaUploadAttachment = "media/upload_attachment";

    /// <summary>GET: bytes of temporary media.</summary>
    public const string MediaGet = "media/get";

    /// <summary>POST: message of an app to staff.</summary>
    public const string MessageSend = "message/send";

    /// <summary>GET: addresses the platform sends callbacks from.</summary>
    public const string GetCallbackIp = "getcallbackip";

    /// <summary>GET: addresses of the platform's API.</summary>
    public const string GetApiDomainIp = "get_api_domain_ip";

    /// <summary>GET: the corp's ticket for page scripts.</summary>
    public const string GetJsapiTicket = "get_jsapi_ticket";

    /// <summary>GET: the app's ticket for page scripts.</summary>
    public const string TicketGet = "ticket/get";

    /// <summary>GET: members who may have customers, as far as the app sees them.</summary>
    public const string GetFollowUserList = "externalcontact/get_follow_user_list";

    /// <summary>GET: ids of a member's customers, all at once.</summary>
    public const string ExternalContactList = "externalcontact/list";

    /// <summary>POST: one page of the customers of several members.</summary>
    public const string BatchGetByUser = "externalcontact/batch/get_by_user";

    /// <summary>POST: one page of everyone the corp has served, customers or not.</summary>
    public const string ContactList = "externalcontact/contact_list";

    /// <summary>POST: the customer of a WeChat identity.</summary>
    public const string UnionIdToExternalUserId = "externalcontact/unionid_to_external_userid";

    /// <summary>POST: a provider's id of a customer made the corp's own.</summary>
    public const string FromServiceExternalUserId = "externalcontact/from_service_external_userid";

    /// <summary>POST: the corp's id of a customer made the provider's.</summary>
    public const string ToServiceExternalUserId = "externalcontact/to_service_external_userid";

    /// <summary>POST: a customer's id in the corp's WeChat account, for payments.</summary>
    public const string ConvertToOpenId = "externalcontact/convert_to_openid";

    /// <summary>POST: new ids of customers after the corp's ids were upgraded.</summary>
    public const string GetNewExternalUserId = "externalcontact/get_new_external_userid";

    /// <summary>POST: new ids of a group's external members after the corp's ids were upgraded.</summary>
    public const string GroupChatGetNewExternalUserId = "externalcontact/groupchat/get_new_external_userid";

    /// <summary>POST: a provider's ids of members made the corp's own.</summary>
    public const string OpenUserIdToUserId = "batch/openuserid_to_userid";

    /// <summary>POST: renames or moves a corp tag or group.</summary>
    public const string EditCorpTag = "externalcontact/edit_corp_tag";

    /// <summary>POST: deletes corp tags and groups that this app created.</summary>
    public const string DeleteCorpTag = "externalcontact/del_corp_tag";

    /// <summary>POST: tags of rule groups.</summary>
    public const string StrategyTagList = "externalcontact/get_strategy_tag_list";

    /// <summary>POST: creates tags of a rule group.</summary>
    public const string AddStrategyTag = "externalcontact/add_strategy_tag";

    /// <summary>POST: renames or moves a tag of a rule group.</summary>
    public const string EditStrategyTag = "externalcontact/edit_strategy_tag";

    /// <summary>POST: deletes tags of rule groups.</summary>
    public const string DeleteStrategyTag = "externalcontact/del_strategy_tag";

    /// <summary>POST: one page of the rule groups.</summary>
    public const string CustomerStrategyList = "externalcontact/customer_strategy/list";

    /// <summary>POST: a rule group.</summary>
    public const string CustomerStrategyGet = "externalcontact/customer_strategy/get";

    /// <summary>POST: one page of those a rule group is for.</summary>
    public const string CustomerStrategyGetRange = "externalcontact/customer_strategy/get_range";

    /// <summary>POST: creates a rule group.</summary>
    public const string CustomerStrategyCreate = "externalcontact/customer_strategy/create";

    /// <summary>POST: changes a rule group.</summary>
    public const string CustomerStrategyEdit = "externalcontact/customer_strategy/edit";

    /// <summary>POST: deletes a rule group.</summary>
    public const string CustomerStrategyDelete = "externalcontact/customer_strategy/del";

    /// <summary>POST: creates a greeting that group owners may choose.</summary>
    public const string GroupWelcomeTemplateAdd = "externalcontact/group_welcome_template/add";

    /// <summary>POST: replaces a greeting this app created.</summary>
    public const string GroupWelcomeTemplateEdit = "externalcontact/group_welcome_template/edit";

    /// <summary>POST: a greeting this app created.</summary>
    public const string GroupWelcomeTemplateGet = "externalcontact/group_welcome_template/get";

    /// <summary>POST: deletes a greeting this app created.</summary>
    public const string GroupWelcomeTemplateDelete = "externalcontact/group_welcome_template/del";

    /// <summary>POST: one page of the customer groups.</summary>
    public const string GroupChatList = "externalcontact/groupchat/list";

    /// <summary>POST: the customer group of a mini program's group id.</summary>
    public const string OpenGIdToChatId = "externalcontact/opengid_to_chatid";

    /// <summary>POST: creates a code by which customers join groups.</summary>
    public const string GroupChatAddJoinWay = "externalcontact/groupchat/add_join_way";

    /// <summary>POST: a join way this app created.</summary>
    public const string GroupChatGetJoinWay = "externalcontact/groupchat/get_join_way";

    /// <summary>POST: replaces a join way this app created, all of it.</summary>
    public const string GroupChatUpdateJoinWay = "externalcontact/groupchat/update_join_way";

    /// <summary>POST: deletes a join way this app created.</summary>
    public const string GroupChatDeleteJoinWay = "externalcontact/groupchat/del_join_way";

    /// <summary>POST: one page of the figures of groups by owner.</summary>
    public const string GroupChatStatistic = "externalcontact/groupchat/statistic";

    /// <summary>POST: figures of groups by day.</summary>
    public const string GroupChatStatisticByDay = "externalcontact/groupchat/statistic_group_by_day";

    /// <summary>POST: figures of members' talk with customers, by day.</summary>
    public const string GetUserBehaviorData = "externalcontact/get_user_behavior_data";

    /// <summary>POST: creates a code by which customers add members.</summary>
    public const string AddContactWay = "externalcontact/add_contact_way";

    /// <summary>POST: a contact way this app created.</summary>
    public const string GetContactWay = "externalcontact/get_contact_way";

    /// <summary>POST: one page of the contact ways this app created.</summary>
    public const string ListContactWay = "externalcontact/list_contact_way";

    /// <summary>POST: changes a contact way this app created.</summary>
    public const string UpdateContactWay = "externalcontact/update_contact_way";

    /// <summary>POST: deletes a contact way this app created.</summary>
    public const string DeleteContactWay = "externalcontact/del_contact_way";

    /// <summary>POST: ends a temporary session.</summary>
    public const string CloseTempChat = "externalcontact/close_temp_chat";

    /// <summary>POST: one page of the acquisition links this app created.</summary>
    public const string AcquisitionListLink = "externalcontact/customer_acquisition/list_link";

    /// <summary>POST: an acquisition link this app created.</summary>
    public const string AcquisitionGet = "externalcontact/customer_acquisition/get";

    /// <summary>POST: creates an acquisition link.</summary>
    public const string AcquisitionCreateLink = "externalcontact/customer_acquisition/create_link";

    /// <summary>POST: changes an acquisition link this app created.</summary>
    public const string AcquisitionUpdateLink = "externalcontact/customer_acquisition/update_link";

    /// <summary>POST: deletes an acquisition link this app created.</summary>
    public const string AcquisitionDeleteLink = "externalcontact/customer_acquisition/delete_link";

    /// <summary>POST: one page of those who came by an acquisition link.</summary>
    public const string AcquisitionCustomer = "externalcontact/customer_acquisition/customer";

    /// <summary>GET: what is left of the quota of acquisition links.</summary>
    public const string AcquisitionQuota = "externalcontact/customer_acquisition_quota";

    /// <summary>POST: figures of an acquisition link.</summary>
    public const string AcquisitionStatistic = "externalcontact/customer_acquisition/statistic";

    /// <summary>POST: who wrote first, by the key of the event.</summary>
    public const string AcquisitionGetChatInfo = "externalcontact/customer_acquisition/get_chat_info";

    /// <summary>GET: whom this app may use in acquisition links.</summary>
    public const string AcquisitionAppGetPermit = "externalcontact/customer_acquisition_app/get_permit";

    /// <summary>POST: asks members to send a message to customers or groups.</summary>
    public const string AddMessageTemplate = "externalcontact/add_msg_template";

    /// <summary>POST: one page of the mass messages of at most a month.</summary>
    public const string GroupMessageList = "externalcontact/get_groupmsg_list_v2";

    /// <summary>POST: one page of the members who were asked to send a mass message.</summary>
    public const string GroupMessageTask = "externalcontact/get_groupmsg_task";

    /// <summary>POST: one page of the customers or groups one member sent a mass message to.</summary>
    public const string GroupMessageSendResult = "externalcontact/get_groupmsg_send_result";

    /// <summary>POST: reminds members of a mass message.</summary>
    public const string RemindGroupMessageSend = "externalcontact/remind_groupmsg_send";

    /// <summary>POST: takes a mass message back from members who have not sent it.</summary>
    public const string CancelGroupMessageSend = "externalcontact/cancel_groupmsg_send";

    /// <summary>POST: asks members to publish a moment.</summary>
    public const string AddMomentTask = "externalcontact/add_moment_task";

    /// <summary>GET: what became of a task to publish a moment.</summary>
    public const string GetMomentTaskResult = "externalcontact/get_moment_task_result";

    /// <summary>POST: stops a moment for members who have not published it.</summary>
    public const string CancelMomentTask = "externalcontact/cancel_moment_task";

    /// <summary>POST: one page of the moments of at most 30 days.</summary>
    public const string GetMomentList = "externalcontact/get_moment_list";

    /// <summary>POST: one page of the members who were asked to publish a moment.</summary>
    public const string GetMomentTask = "externalcontact/get_moment_task";

    /// <summary>POST: one page of the customers a member chose to see a moment.</summary>
    public const string GetMomentCustomerList = "externalcontact/get_moment_customer_list";

    /// <summary>POST: one page of the customers who see a member's moment.</summary>
    public const string GetMomentSendResult = "externalcontact/get_moment_send_result";

    /// <summary>POST: who commented on and liked a member's moment.</summary>
    public const string GetMomentComments = "externalcontact/get_moment_comments";

    /// <summary>POST: hands customers of a working member to another.</summary>
    public const string TransferCustomer = "externalcontact/transfer_customer";

    /// <summary>POST: one page of what became of customers handed over by a working member.</summary>
    public const string TransferResult = "externalcontact/transfer_result";

    /// <summary>POST: hands groups of a working owner to another.</summary>
    public const string GroupChatOnJobTransfer = "externalcontact/groupchat/onjob_transfer";

    /// <summary>POST: one page of the customers of members who resigned.</summary>
    public const string GetUnassignedList = "externalcontact/get_unassigned_list";

    /// <summary>POST: hands customers of a member who resigned to another.</summary>
    public const string ResignedTransferCustomer = "externalcontact/resigned/transfer_customer";

    /// <summary>POST: one page of what became of customers of a member who resigned.</summary>
    public const string ResignedTransferResult = "externalcontact/resigned/transfer_result";

    /// <summary>POST: hands groups of an owner who resigned to another.</summary>
    public const string GroupChatTransfer = "externalcontact/groupchat/transfer";

    /// <summary>POST: has the platform fetch a file of up to 200 MB.</summary>
    public const string MediaUploadByUrl = "media/upload_by_url";

    /// <summary>POST: what became of a file the platform fetches.</summary>
    public const string MediaGetUploadByUrlResult = "media/get_upload_by_url_result";

    /// <summary>GET: names of a department's members.</summary>
    public const string UserSimpleList = "user/simplelist";

    /// <summary>GET: a department's members with what the app may see of them.</summary>
    public const string UserList = "user/list";

    /// <summary>POST: one page of all members with their departments.</summary>
    public const string UserListId = "user/list_id";

    /// <summary>GET: departments with all below.</summary>
    public const string DepartmentList = "department/list";

    /// <summary>GET: ids of departments with all below.</summary>
    public const string DepartmentSimpleList = "department/simplelist";

    /// <summary>GET: a department.</summary>
    public const string DepartmentGet = "department/get";

    /// <summary>POST: takes back a message of the app to staff, within 24 hours.</summary>
    public const string MessageRecall = "message/recall";

    /// <summary>POST: updates a card sent to staff, once and within 72 hours.</summary>
    public const string MessageUpdateTemplateCard = "message/update_template_card";

    /// <summary>POST: one page of the messages of a customer-service account.</summary>
    public const string KfSyncMessage = "kf/sync_msg";
}
