using System.CommandLine;

namespace WecomBridge.Operations;

/// <summary><c>completion</c>: scripts by which a shell asks the executable itself, with its <c>[suggest]</c> directive, what may come next.</summary>
internal static class CompletionVerb
{
    private const string Bash = """
        _wecombridge() {
            local line="${COMP_LINE:0:COMP_POINT}"
            line="${line#"${COMP_WORDS[0]}"}"
            line="${line# }"
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _wecombridge WecomBridge ./WecomBridge wecombridge
        """;

    private const string Zsh = """
        #compdef WecomBridge wecombridge
        _wecombridge() {
            local line="${LBUFFER#"${words[1]}"}"
            line="${line# }"
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -- "${found[@]}"
        }
        compdef _wecombridge WecomBridge wecombridge
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName WecomBridge, wecombridge -ScriptBlock {
            param($word, $ast, $position)
            $program = $ast.CommandElements[0].Value
            $line = $ast.ToString()
            $line = $line.Substring(0, [Math]::Min($line.Length, $position - $ast.Extent.StartOffset)).PadRight($position - $ast.Extent.StartOffset).Substring($program.Length)
            if ($line.StartsWith(' ')) { $line = $line.Substring(1) }
            & $program "[suggest:$($line.Length)]" $line 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal) { ["bash"] = Bash, ["zsh"] = Zsh, ["pwsh"] = Pwsh };

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Prints a script that lets the shell complete verbs and options; source it. Exit codes: 0.") { shell };
        command.SetAction((parsed, _) => parsed.InvocationConfiguration.Output.WriteLineAsync(Scripts[parsed.GetValue(shell)!]));
        return command;
    }
}
