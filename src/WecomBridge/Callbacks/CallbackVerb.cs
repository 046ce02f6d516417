using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary><c>callback send</c> and <c>callback decrypt</c>: tries the callback road with the configured keys, in either direction.</summary>
internal static class CallbackVerb
{
    public static Command Create(Option<string[]> config) => new("callback", "Tries the road of callbacks with the configured keys.") { Send(config), Decrypt(config) };

    private static Command Send(Option<string[]> config)
    {
        var (corp, app) = Names();
        var url = UrlOption.Create("--url", "Address of the service, such as https://bridge.example; by default its own of the settings.");
        var verify = new Option<bool>("--verify") { Description = "Makes the verification of WeCom's console instead of sending an event." };
        var happened = new Option<string>("--event") { Description = "What happened, as subscribers know it.", DefaultValueFactory = _ => "customer.edited" };
        happened.AcceptOnlyFromAmong([.. TestCallback.Events]);
        var user = new Option<string>("--user") { Description = "Id of the staff member.", DefaultValueFactory = _ => "wecombridge-test" };
        var subject = new Option<string>("--id") { Description = "Id of the customer, group or tag.", DefaultValueFactory = _ => "wecombridge-test" };
        var state = new Option<string?>("--state") { Description = "Channel by which the customer came." };
        var command = new Command("send", "Sends a running service a callback as WeCom would, encrypted and signed; subscribers get its event like any other, and nobody is greeted. Exit codes: 0 when it was acknowledged; 2 when the settings cannot be used; 3 when it was not.")
        {
            corp, app, url, verify, happened, user, subject, state,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => VerbService.RunAsync(parsed, config, "The callback cannot be sent", services => services.AddDoctorClient(), async services =>
        {
            var (corpName, appName) = (parsed.GetValue(corp)!, parsed.GetValue(app)!);
            var (corpOptions, appOptions) = FindApp(services, corpName, appName);
            var address = CallbackProbe.AddressOf(parsed.GetValue(url) ?? OwnAddress.Of(services.GetRequiredService<IConfiguration>()), corpName, appName);
            var time = services.GetRequiredService<TimeProvider>();
            using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(DoctorRegistration.HttpClientName);
            using var crypto = new CallbackCrypto(SecretText.Resolve(appOptions.Keys[0].Token), SecretText.Resolve(appOptions.Keys[0].EncodingAesKey), appOptions.ReceiverId ?? corpOptions.CorpId);
            var probe = new CallbackProbe(client, time);
            var test = new TestCallback { Event = parsed.GetValue(happened)!, CorpId = corpOptions.CorpId, UserId = parsed.GetValue(user)!, Subject = parsed.GetValue(subject)!, State = parsed.GetValue(state), At = time.GetUtcNow() };
            var answer = parsed.GetValue(verify)
                ? await probe.VerifyAsync(address, crypto, cancellationToken)
                : await probe.SendAsync(address, crypto, corpOptions.CorpId, test.ToXml(), cancellationToken);
            var what = parsed.GetValue(verify) ? "the verification" : test.Event;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(answer.Fault is null
                ? $"{address} acknowledged {what} after {Milliseconds(answer)} ms."
                : $"{address} {answer.Fault} It took {Milliseconds(answer)} ms. {answer.Remedy}".TrimEnd());
            return answer.Fault is null ? 0 : Verbs.Found;
        }));
        return command;
    }

    private static Command Decrypt(Option<string[]> config)
    {
        var (corp, app) = Names();
        var file = new Option<FileInfo?>("--file") { Description = "The captured body, XML or JSON; by default what is typed or piped in." };
        var signature = new Option<string?>("--msg-signature") { Description = "Of the captured address. Without it the signature is not checked." };
        var timestamp = new Option<string?>("--timestamp") { Description = "Of the captured address." };
        var nonce = new Option<string?>("--nonce") { Description = "Of the captured address." };
        var plain = new Option<bool>("--plain") { Description = "Also shows the plaintext, which holds personal data; single-use codes are masked." };
        var command = new Command("decrypt", "Opens a captured callback with the configured keys and says what it is, or which key does not fit. Exit codes: 0 when it opens; 2 when settings or file cannot be used; 3 when it does not.") { corp, app, file, signature, timestamp, nonce, plain };
        command.TreatUnmatchedTokensAsErrors = false;
        command.Validators.Add(result =>
        {
            if (new[] { signature, timestamp, nonce }.Count(option => result.GetValue(option) is not null) is 1 or 2) result.AddError("Give --msg-signature, --timestamp and --nonce together, or none of them.");
        });
        command.SetAction((parsed, cancellationToken) => VerbService.RunAsync(parsed, config, "The callback cannot be read", _ => { }, async services =>
        {
            var (corpName, appName) = (parsed.GetValue(corp)!, parsed.GetValue(app)!);
            FindApp(services, corpName, appName);
            var body = await ReadBodyAsync(parsed.GetValue(file), cancellationToken);
            if (!CallbackEnvelope.TryRead(body, out var envelope)) throw new InvalidOperationException("The body is neither XML nor JSON with one Encrypt: capture it as it was posted.");
            CallbackQuery? signed = parsed.GetValue(signature) is { } given ? new CallbackQuery(given, parsed.GetValue(timestamp)!, parsed.GetValue(nonce)!, null) : null;
            var wecom = services.GetRequiredService<IOptions<WecomOptions>>().Value;
            var reading = CapturedCallbackReader.Read(new CapturedCallback(envelope.Encrypt, envelope.ToUserName, signed), wecom, corpName, appName);
            var source = new CallbackSource(corpName, wecom.Corps[corpName].CorpId, appName);
            var text = CapturedCallbackText.Describe(reading, source, signed is not null, parsed.GetValue(plain), services.GetRequiredService<TimeProvider>().GetUtcNow());
            await parsed.InvocationConfiguration.Output.WriteLineAsync(text);
            return reading.Fault is null ? 0 : Verbs.Found;
        }));
        return command;
    }

    private static (Option<string> Corp, Option<string> App) Names() => (
        new Option<string>("--corp") { Description = "Configured name of the corp.", Required = true },
        new Option<string>("--app") { Description = "Configured name of the app.", Required = true });

    private static (CorpOptions Corp, AppOptions App) FindApp(IServiceProvider services, string corp, string app)
    {
        var wecom = services.GetRequiredService<IOptions<WecomOptions>>().Value;
        if (wecom.Find(corp, app) is { } found) return found;
        var known = wecom.Corps.SelectMany(one => one.Value.Apps.Keys.Select(name => $"{one.Key}/{name}")).ToList();
        throw new InvalidOperationException($"{corp}/{app} is not in Wecom:Corps; known are {(known.Count == 0 ? "none" : string.Join(", ", known))}. {NearestWord.Hint($"{corp}/{app}", known)}".TrimEnd());
    }

    private static async Task<byte[]> ReadBodyAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is not null) return file.Exists ? await File.ReadAllBytesAsync(file.FullName, cancellationToken) : throw new FileNotFoundException($"The file {file} does not exist.");
        return Encoding.UTF8.GetBytes(await Console.In.ReadToEndAsync(cancellationToken));
    }

    private static string Milliseconds(ProbeAnswer answer) => answer.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
