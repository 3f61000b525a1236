using System.Collections;
using System.Reflection;
using System.Text;
using DropMon.Sessions.Measurement;

namespace DropMon.Tests.Files;

/// <summary>Whatever a file says, no text of an object that comes of it steers a terminal.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Hostile = "\\u001b]0;x\\u0007\\u009b2J\\u202e\\u2028\\u0000\\r\\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_text_of_every_object_from_a_hostile_file_is_safe()
    {
        string[] texts = ["InterfaceName", "ProcessName", "ComputerName", "Type", "Reason", "ReasonSubsystem", "Explanation", "Function", "Module", "SourceFile", "TrapName", "TrapGroup"];
        string frame = $"{{\"Function\":\"{Hostile}\",\"Module\":\"{Hostile}\",\"SourceFile\":\"{Hostile}\"}}";
        string alert = $"{{\"Timestamp\":\"2025-11-24T03:46:50Z\",{string.Join(',', texts.Select(name => $"\"{name}\":\"{name}{Hostile}\""))},\"Line\":1,\"InlineFrames\":[{frame}],\"StackTrace\":[{frame},\"{Hostile}\"]}}";
        string ledger = $"{{\"Record\":\"Ledger\",\"RingLost\":1,\"Gaps\":[\"{Hostile}\"]}}";
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes($"{alert}\n{ledger}\n"));
        var walk = new TextWalk();

        DropAlert read = Assert.Single(AlertFiles.Read(path));
        walk.Look(read, "alert");
        foreach (DropGroupKey key in Enum.GetValues<DropGroupKey>())
        {
            var measurer = new AlertMeasurer([key]);
            measurer.Add(read);
            IReadOnlyList<DropMeasurement> groups = measurer.Read();
            walk.Look(groups, $"measurement by {key}");
            walk.Look(new DropHealthCheck { MaxCount = 0 }.Judge(groups, TimeSpan.FromSeconds(1), new DropLedger()), "health");
            walk.Look(DropComparer.Compare(groups, []), "comparison");
        }

        Assert.True(walk.Texts > 100, $"{walk.Texts} texts");
    }

    [Fact]
    public void An_error_says_a_hostile_name_in_safe_text()
    {
        string name = _folder.File("\u001b[31m\u202e.jsonl");

        var error = Assert.Throws<CaptureException>(() => DropMon.Files.AlertFile.OpenRead(name));

        Assert.Equal(SafeText.Escape(error.Message), error.Message);
        Assert.Contains("\\u001b", error.Message);
        Assert.Equal(SafeText.Escape(error.Remedy!), error.Remedy);
    }

    /// <summary>Looks at the texts of an object, and of all that it consists of.</summary>
    private sealed class TextWalk
    {
        private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

        public int Texts { get; private set; }

        public void Look(object? value, string where)
        {
            if (value is null or Enum or Type || value.GetType().IsPrimitive || value is DateTimeOffset or DateTime or TimeSpan || (value is not string && !_seen.Add(value)))
            {
                return;
            }

            if (value is string text)
            {
                Texts++;
                Assert.True(SafeText.Escape(text) == text, $"{where}: {SafeText.Escape(text)}");
                return;
            }

            if (value is IEnumerable items)
            {
                foreach (object? item in items)
                {
                    Look(item, where);
                }

                return;
            }

            Look(value.ToString(), $"{where}.ToString()");
            if (value.GetType().Assembly != typeof(DropAlert).Assembly)
            {
                return;
            }

            foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(property => property.GetIndexParameters().Length == 0))
            {
                Look(property.GetValue(value), $"{where}.{property.Name}");
            }
        }
    }
}
