using System.Text.Json;
using DropMon.Monitoring.Preflight;
using DropMon.Preflight;

namespace DropMon.Cli.Doctor;

/// <summary>Findings for programs, with the property names that the cmdlet's objects have.</summary>
internal static class DoctorJson
{
    public static void Write(PreflightReport report)
    {
        using Stream output = StandardOutput.Open();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean(nameof(report.CanMonitor), report.CanMonitor);
            json.WriteString(nameof(report.Source), report.Source?.ToString());
            json.WriteString("Error", Spelt(report.Failure?.Message));
            json.WriteString("ErrorId", report.Failure?.ErrorId);
            json.WriteStartArray(nameof(report.Results));
            foreach (PreflightResult result in report.Results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string? Spelt(string? text) => text is null ? null : CommandSpelling.Of(text);

    private static void Write(Utf8JsonWriter json, PreflightResult result)
    {
        json.WriteStartObject();
        json.WriteString(nameof(result.Name), result.Name);
        json.WriteString(nameof(result.Status), result.Status.ToString());
        json.WriteString(nameof(result.Detail), Spelt(result.Detail));
        json.WriteString(nameof(result.Remedy), Spelt(result.Remedy));
        if (result.NullProperties.Count > 0)
        {
            json.WriteStartArray(nameof(result.NullProperties));
            foreach (NullProperty property in result.NullProperties)
            {
                json.WriteStartObject();
                json.WriteString(nameof(property.Property), property.Property);
                json.WriteString(nameof(property.Why), Spelt(property.Why));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
