using System.Reflection;
using DropMon.Kernel.Symbols;
using DropMon.Text;

namespace DropMon.Tests.Text;

/// <summary>Gives hostile names to everything in the engine that makes an error or a command to copy, and runs what it advises.</summary>
public class HostileRemedyTests
{
    private static readonly string[] Names =
    [
        "x'; >PWN; '.jsonl", "a; >PWN", "$(>PWN)", "`>PWN`", "a\n>PWN\n#", "\" >PWN \"", "x' $(>PWN) '", "\u2018; >PWN; '", "-a;>PWN",
        "../x'; >PWN; '/y\u001b[31m", "a & >PWN &",
    ];

    public static TheoryData<string> Makers
    {
        get
        {
            var makers = new TheoryData<string>();
            foreach (MethodInfo maker in
                AllMakers().Where(maker => maker.GetParameters().Any(parameter => parameter.ParameterType == typeof(string))))
            {
                makers.Add(Name(maker));
            }

            return makers;
        }
    }

    [Theory]
    [MemberData(nameof(Makers))]
    public void What_an_error_advises_runs_nothing_that_a_name_brought_along(string name)
    {
        MethodInfo maker = AllMakers().Single(maker => Name(maker) == name);
        using var shell = new Shell();
        int advised = 0;
        foreach (string hostile in Names)
        {
            foreach (Exception cause in new Exception[] { new FileNotFoundException(), new DirectoryNotFoundException(),
                new UnauthorizedAccessException(), new IOException("x") })
            {
                var error = (DropMonException)maker.Invoke(
                    null, [.. maker.GetParameters().Select(parameter => Value(parameter, hostile, cause))])!;
                Assert.Equal(SafeText.Escape(error.Message), error.Message);
                if (error.Remedy is not { } remedy)
                {
                    continue;
                }

                advised++;
                Assert.Equal(OptionText.Escape(remedy), remedy);
                // The advice may begin with a sentence, and the command stands at its end.
                foreach (string command in new[] { remedy, remedy[(remedy.LastIndexOf(": ", StringComparison.Ordinal) + 1)..] })
                {
                    shell.Run("bash", command);
                    Assert.Empty(shell.Made);
                }
            }
        }

        Assert.True(advised > 0 || maker.Name is not ("Truncated" or "FormatUnknown" or "InUse" or "OpenFailed" or "CreateFailed"));
    }

    [Fact]
    public void What_an_error_advises_of_a_file_or_folder_that_is_there_runs_nothing_of_its_name()
    {
        using var place = new Files.TemporaryFolder();
        using var shell = new Shell();
        foreach (string name in Names.Where(name => !name.Contains('/', StringComparison.Ordinal)))
        {
            string folder = Directory.CreateDirectory(place.File(name)).FullName;
            string file = Path.Combine(folder, name);
            File.WriteAllText(file, "");
            CaptureException[] errors =
            [
                CaptureException.OpenFailed(file, new UnauthorizedAccessException()),
                CaptureException.OpenFailed(file, new IOException("x")),
                CaptureException.OpenFailed(Path.Combine(folder, "none"), new FileNotFoundException()),
                CaptureException.CreateFailed(Path.Combine(folder, $"none{name}", "none"), new DirectoryNotFoundException()),
                CaptureException.WriteFailed(file, 0, 1, new IOException("x")),
            ];
            foreach (CaptureException error in errors)
            {
                shell.Run("bash", error.Remedy!);
                Assert.True(shell.Made.Length == 0, error.Remedy);
            }
        }
    }

    [Fact]
    public void Most_errors_of_files_are_among_them() =>
        Assert.True(AllMakers().Count(maker => maker.DeclaringType == typeof(CaptureException)) > 12);

    [Fact]
    public void A_kernels_name_runs_nothing_in_the_command_that_installs_its_debug_information()
    {
        using var shell = new Shell();
        foreach (string system in new[] { "debian", "ubuntu", "fedora", "suse", "arch", "none" })
        {
            foreach (string name in Names)
            {
                shell.Run("bash", new DebugInfoPackages($"ID={system}", name).Kernel);
            }
        }

        Assert.Empty(shell.Made);
    }

    private static IEnumerable<MethodInfo> AllMakers() =>
        typeof(DropMonException).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DropMonException)))
            .SelectMany(
                type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType.IsSubclassOf(typeof(DropMonException)) && !method.IsPrivate)
            // Who gives the whole advice has quoted what is in it.
            .Where(method => method.GetParameters().All(parameter => parameter.Name != "remedy"));

    private static string Name(MethodInfo maker) => $"{maker.DeclaringType!.Name}.{maker.Name}({string.Join(", ", maker.GetParameters().Select(parameter => parameter.ParameterType.Name))})";

    private static object? Value(ParameterInfo parameter, string hostile, Exception cause)
    {
        Type type = parameter.ParameterType;
        return type == typeof(string) ? hostile
            : type == typeof(Exception) ? cause
            : type == typeof(IOException) ? new IOException("x")
            : type == typeof(IEnumerable<string>) ? Array.Empty<string>()
            : type.IsValueType ? Activator.CreateInstance(type) : null;
    }
}
