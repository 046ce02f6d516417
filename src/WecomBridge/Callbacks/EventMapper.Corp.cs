using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>Staff and departments, jobs, archive, customer service, approval.</summary>
internal static partial class EventMapper
{
    private static MappedEvent? Staff(MemberEvent member, in Frame frame)
    {
        var source = frame.Source;
        return member.Change switch
        {
            ContactChange.Created => frame.Event(member.UserId, new StaffCreated
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = member.UserId, NewUserId = NullIfEmpty(member.NewUserId),
                Departments = member.Departments, MainDepartment = member.MainDepartment, LeaderInDepartments = member.LeaderInDepartments,
                DirectLeaders = member.DirectLeaders, Status = WireWords.StaffStatus(member.Status),
            }),
            ContactChange.Updated => frame.Event(member.UserId, new StaffUpdated
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = member.UserId, NewUserId = NullIfEmpty(member.NewUserId),
                Departments = member.Departments, MainDepartment = member.MainDepartment, LeaderInDepartments = member.LeaderInDepartments,
                DirectLeaders = member.DirectLeaders, Status = WireWords.StaffStatus(member.Status),
            }),
            ContactChange.Deleted => frame.Event(member.UserId, new StaffDeleted
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = member.UserId, NewUserId = NullIfEmpty(member.NewUserId),
                Departments = member.Departments, MainDepartment = member.MainDepartment, LeaderInDepartments = member.LeaderInDepartments,
                DirectLeaders = member.DirectLeaders, Status = WireWords.StaffStatus(member.Status),
            }),
            _ => null,
        };
    }

    private static MappedEvent? Department(DepartmentEvent department, in Frame frame)
    {
        var source = frame.Source;
        var subject = department.Id.ToString();
        var name = NullIfEmpty(department.Name);
        return department.Change switch
        {
            ContactChange.Created => frame.Event(subject, new DepartmentCreated
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, Id = department.Id, Name = name, ParentId = department.ParentId,
            }),
            ContactChange.Updated => frame.Event(subject, new DepartmentUpdated
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, Id = department.Id, Name = name, ParentId = department.ParentId,
            }),
            ContactChange.Deleted => frame.Event(subject, new DepartmentDeleted
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, Id = department.Id, Name = name, ParentId = department.ParentId,
            }),
            _ => null,
        };
    }

    private static MappedEvent StaffTag(MemberTagEvent tag, in Frame frame)
    {
        var source = frame.Source;
        return frame.Event(tag.TagId.ToString(), new StaffTagUpdated
        {
            CorpId = source.CorpId, Corp = source.Corp, App = source.App, Id = tag.TagId,
            AddedUsers = tag.AddedUsers, RemovedUsers = tag.RemovedUsers,
            AddedDepartments = tag.AddedDepartments, RemovedDepartments = tag.RemovedDepartments,
        });
    }

    private static MappedEvent Job(BatchJobEvent job, in Frame frame)
    {
        var source = frame.Source;
        return frame.Event(job.JobId, new JobCompleted
        {
            CorpId = source.CorpId, Corp = source.Corp, App = source.App,
            JobId = job.JobId, JobType = NullIfEmpty(job.JobType) ?? "unknown", ErrorCode = job.ErrorCode,
        });
    }

    private static MappedEvent Archive(in Frame frame)
    {
        var source = frame.Source;
        return frame.Event(source.Corp, new ArchiveAvailable { CorpId = source.CorpId, Corp = source.Corp, App = source.App });
    }

    private static MappedEvent CustomerService(CustomerServiceEvent service, in Frame frame)
    {
        var source = frame.Source;
        return frame.Event(service.OpenKfId, new KfActivity
        {
            CorpId = source.CorpId, Corp = source.Corp, App = source.App, OpenKfId = service.OpenKfId,
        });
    }

    private static MappedEvent Approval(ApprovalEvent approval, in Frame frame)
    {
        var source = frame.Source;
        return frame.Event(approval.Number, new ApprovalChanged
        {
            CorpId = source.CorpId, Corp = source.Corp, App = source.App, SpNo = approval.Number,
            Kind = approval.IsSystem ? ApprovalKinds.System : ApprovalKinds.Open, TemplateId = NullIfEmpty(approval.TemplateId),
            Status = WireWords.ApprovalStatus(approval.Status), Change = WireWords.ApprovalChange(approval.StatusChange),
        });
    }
}
