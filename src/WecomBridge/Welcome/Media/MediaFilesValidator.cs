using Microsoft.Extensions.Options;

namespace WecomBridge.Welcome;

/// <summary>Looks at every file that greetings need, on instances that greet or work.</summary>
internal sealed class MediaFilesValidator : IValidateOptions<WelcomeOptions>
{
    public ValidateOptionsResult Validate(string? name, WelcomeOptions options)
    {
        var faults = MediaNeeds.FilesOf(options)
            .Select(need => MediaFileReader.Read(need.File).Fault is { } fault ? $"{need.Setting}: the file {need.File.Location} {fault}." : null)
            .OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
