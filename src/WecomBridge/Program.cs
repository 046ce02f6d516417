using WecomBridge.Operations;

return await Verbs.RunAsync(args);
