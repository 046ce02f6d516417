using System.Text.Json.Nodes;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

internal static partial class WecomCalls
{
    private static IReadOnlyList<WecomCallSample> Staff =>
    [
        Of("POST externalcontact/send_welcome_msg",
            new CgibinExternalContactSendWelcomeMessageRequest
            {
                WelcomeCode = "CALLBACKCODE",
                Text = new WelcomeText("Hello"),
                Attachments =
                [
                    WelcomeAttachment.Of(new WelcomeImage("M1", "https://e.example/uploadimg/0")),
                    WelcomeAttachment.Of(new WelcomeLink("t", "https://e.example/p.png", "d", "https://e.example/")),
                    WelcomeAttachment.Of(new WelcomeMiniProgram("t", "M2", "wx00", "/pages/i.html")),
                    WelcomeAttachment.OfVideo("M3"),
                    WelcomeAttachment.OfFile("M4"),
                ],
            },
            """
            {"welcome_code":"CALLBACKCODE","text":{"content":"Hello"},
             "attachments":[
              {"msgtype":"image","image":{"media_id":"M1","pic_url":"https://e.example/uploadimg/0"}},
              {"msgtype":"link","link":{"title":"t","picurl":"https://e.example/p.png","desc":"d","url":"https://e.example/"}},
              {"msgtype":"miniprogram","miniprogram":{"title":"t","pic_media_id":"M2","appid":"wx00","page":"/pages/i.html"}},
              {"msgtype":"video","video":{"media_id":"M3"}},
              {"msgtype":"file","file":{"media_id":"M4"}}]}
            """,
            """{"errcode":0,"errmsg":"ok"}"""),
        Of("POST media/upload", new CgibinMediaUploadRequest { Type = WecomMediaTypes.Image, FileName = "x.png", Content = SomeFile },
            "type=image",
            """{"errcode":0,"errmsg":"ok","type":"image","media_id":"MEDIA01","created_at":"1700000000"}"""),
        Of("POST media/uploadimg", new CgibinMediaUploadImageRequest { FileName = "x.png", Content = SomeFile },
            "",
            """{"errcode":0,"errmsg":"ok","url":"https://e.example/uploadimg/0"}"""),
        Of("POST media/upload_attachment", new CgibinMediaUploadAttachmentRequest { MediaType = WecomMediaTypes.Video, AttachmentType = 1, FileName = "x.mp4", Content = SomeFile },
            "media_type=video&attachment_type=1",
            """{"errcode":0,"errmsg":"ok","type":"video","media_id":"MEDIA01","created_at":1700000000}"""),
        Of("GET media/get", new CgibinMediaGetRequest { MediaId = "MEDIA01" }, "media_id=MEDIA01", "bytes of a picture"),
        Of("POST media/upload_by_url", new CgibinMediaUploadByUrlRequest { Type = "video", Filename = "film.mp4", Url = "https://e.example/", Md5 = "d41d8cd98f00b204e9800998ecf8427e" },
            """{"scene":1,"type":"video","filename":"film.mp4","url":"https://e.example/","md5":"d41d8cd98f00b204e9800998ecf8427e"}""",
            """{"errcode":0,"errmsg":"ok","jobid":"JOB01"}"""),
        Of("POST media/get_upload_by_url_result", new CgibinMediaGetUploadByUrlResultRequest { Jobid = "JOB01" },
            """{"jobid":"JOB01"}""",
            """{"errcode":0,"errmsg":"ok","status":1,"detail":{"errcode":0,"errmsg":"ok","media_id":"MEDIA01","created_at":1700000000}}"""),
        Of("GET user/get", new CgibinUserGetRequest { Userid = "zhang" },
            """userid=zhang""",
            """
            {"errcode":0,"errmsg":"ok","userid":"zhang","name":"Zhang","department":[1,2],"order":[1,2],"is_leader_in_dept":[1,0],"main_department":1,"direct_leader":["li"],"position":"Sales","mobile":"13000000000","gender":"1",
             "email":"z@e.example","biz_mail":"z@corp.example","avatar":"https://e.example/a","thumb_avatar":"https://e.example/t","telephone":"020","alias":"z","address":"Road 1","open_userid":"woEXAMPLE01","status":1,
             "extattr":{"attrs":[{"type":0,"name":"n","text":{"value":"v"}}]},"qr_code":"https://e.example/qr","external_position":"Adviser","external_profile":{"external_corp_name":"Acme","external_attr":[{"type":0,"name":"n","text":{"value":"v"}}]}}
            """),
        Of("GET user/simplelist", new CgibinUserSimpleListRequest { DepartmentId = 2 },
            """department_id=2""",
            """{"errcode":0,"errmsg":"ok","userlist":[{"userid":"zhang","name":"Lin","department":[2,3],"open_userid":"woEXAMPLE01"}]}"""),
        Of("GET user/list", new CgibinUserListRequest { DepartmentId = 2 },
            """department_id=2""",
            """{"errcode":0,"errmsg":"ok","userlist":[{"userid":"zhang","name":"Lin","department":[2,3],"order":[2,3],"is_leader_in_dept":[2,3],"main_department":1,"direct_leader":["li"],"position":"Sales","mobile":"13000000000","gender":1,"email":"z@e.example","biz_mail":"z@corp.example","avatar":"https://e.example/a","thumb_avatar":"https://e.example/t","telephone":"020","alias":"z","address":"Road 1","open_userid":"woEXAMPLE01","status":1,"qr_code":"https://e.example/qr","external_position":"Adviser","external_profile":{"external_corp_name":"Acme","external_attr":[{"type":1,"name":"Lin","text":{"value":"v"},"web":{"url":"https://e.example/","title":"t"},"miniprogram":{"appid":"wx00","pagepath":"/i","title":"t"}}]},"extattr":{"attrs":[{"type":1,"name":"Lin","text":{"value":"v"},"web":{"url":"https://e.example/","title":"t"},"miniprogram":{"appid":"wx00","pagepath":"/i","title":"t"}}]}}]}"""),
        Of("POST user/list_id", new CgibinUserListIdRequest { Limit = 100, Cursor = "CURSOR01" },
            """{"limit":100,"cursor":"CURSOR01"}""",
            """{"errcode":0,"errmsg":"ok","dept_user":[{"userid":"zhang","department":1}],"next_cursor":""}"""),
        Of("GET department/list", new CgibinDepartmentListRequest { Id = 2 },
            """id=2""",
            """{"errcode":0,"errmsg":"ok","department":[{"id":2,"name":"Lin","name_en":"North","department_leader":["li"],"parentid":1,"order":3}]}"""),
        Of("GET department/simplelist", new CgibinDepartmentSimpleListRequest { Id = 2 },
            """id=2""",
            """{"errcode":0,"errmsg":"ok","department_id":[{"id":2,"parentid":1,"order":3}]}"""),
        Of("GET department/get", new CgibinDepartmentGetRequest { Id = 2 },
            """id=2""",
            """{"errcode":0,"errmsg":"ok","department":{"id":2,"name":"Lin","name_en":"North","department_leader":["li"],"parentid":1,"order":3}}"""),
        Of("POST message/send",
            new CgibinMessageSendRequest
            {
                Touser = "zhang|li", Toparty = "2", Totag = "3", Msgtype = "text", Agentid = 1000002, Text = new StaffText("Hello"), Markdown = new StaffText("**Hello**"), Textcard = new StaffTextCard("t", "d", "https://e.example/", "more"),
                Image = new StaffMedia("M1"), Voice = new StaffMedia("M2"), Video = new StaffVideo("M3", "t", "d"), File = new StaffMedia("M4"), News = new StaffNews([new StaffArticle("t", "d", "https://e.example/", "https://e.example/p.png")]),
                TemplateCard = new JsonObject { ["card_type"] = "text_notice" }, Safe = 0, EnableIdTrans = 0, EnableDuplicateCheck = 1, DuplicateCheckInterval = 1800,
            },
            """
            {"touser":"zhang|li","toparty":"2","totag":"3","msgtype":"text","agentid":1000002,"text":{"content":"Hello"},"markdown":{"content":"**Hello**"},"textcard":{"title":"t","description":"d","url":"https://e.example/","btntxt":"more"},
             "image":{"media_id":"M1"},"voice":{"media_id":"M2"},"video":{"media_id":"M3","title":"t","description":"d"},"file":{"media_id":"M4"},"news":{"articles":[{"title":"t","description":"d","url":"https://e.example/","picurl":"https://e.example/p.png"}]},
             "template_card":{"card_type":"text_notice"},"safe":0,"enable_id_trans":0,"enable_duplicate_check":1,"duplicate_check_interval":1800}
            """,
            """{"errcode":0,"errmsg":"ok","invaliduser":"li","invalidparty":"2","invalidtag":"3","unlicenseduser":"wang","msgid":"msgEXAMPLE01","response_code":"RC01"}"""),
        Of("POST message/recall", new CgibinMessageRecallRequest { Msgid = "msgEXAMPLE01" },
            """{"msgid":"msgEXAMPLE01"}""",
            """{"errcode":0,"errmsg":"ok"}"""),
        Of("POST message/update_template_card", new CgibinMessageUpdateTemplateCardRequest { Userids = ["zhang"], Partyids = [2], Tagids = [2], Atall = 1, Agentid = 1000002, ResponseCode = "RC01", Button = new TemplateCardButton("t"), TemplateCard = new JsonObject { ["card_type"] = "text_notice" } },
            """{"userids":["zhang"],"partyids":[2],"tagids":[2],"atall":1,"agentid":1000002,"response_code":"RC01","button":{"replace_name":"t"},"template_card":{"card_type":"text_notice"}}""",
            """{"errcode":0,"errmsg":"ok","invaliduser":["li"]}"""),
        Of("POST kf/sync_msg", new CgibinKfSyncMessageRequest { Token = "KFTOKEN01", Limit = 100, VoiceFormat = 1, OpenKfid = "wkEXAMPLE01", Cursor = "CURSOR01" },
            """{"token":"KFTOKEN01","limit":100,"voice_format":1,"open_kfid":"wkEXAMPLE01","cursor":"CURSOR01"}""",
            """{"errcode":0,"errmsg":"ok","has_more":1,"msg_list":[{"msgid":"msgEXAMPLE01","open_kfid":"wkEXAMPLE01","external_userid":"wmEXAMPLE01","send_time":1700000000,"origin":1,"servicer_userid":"zhang","msgtype":"text","text":{"content":"Hello"}}],"next_cursor":"CURSOR02"}"""),
        Of("GET getcallbackip", new CgibinGetCallbackIpRequest(),
            "",
            """{"errcode":0,"errmsg":"ok","ip_list":["101.226.103.*"]}"""),
        Of("GET get_api_domain_ip", new CgibinGetApiDomainIpRequest(),
            "",
            """{"errcode":0,"errmsg":"ok","ip_list":["101.226.103.*"]}"""),
        Of("GET get_jsapi_ticket", new CgibinGetJsapiTicketRequest(),
            "",
            """{"errcode":0,"errmsg":"ok","ticket":"TICKET01","expires_in":7200}"""),
        Of("GET ticket/get", new CgibinTicketGetRequest(),
            """type=agent_config""",
            """{"errcode":0,"errmsg":"ok","ticket":"TICKET01","expires_in":7200}"""),
    ];
}
