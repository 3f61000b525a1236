using System.Text.Json;
using DropMon.Native;

namespace DropMon.Machine.ControlGroups;

/// <summary>
/// Names containers from the files that their runtimes keep; no daemon is asked. What a file says is text from outside: bounded, and
/// escaped before it is used. For one thread.
/// </summary>
/// <param name="root">The folder that stands for <c>/</c>.</param>
internal sealed class ContainerNames(string root = "/")
{
    private const int MostNames = 4096;
    private const int MostFileBytes = 4 << 20;
    private const int MostNameLength = 512;
    private const int ShortIdLength = 12;
    private const string Cri = "io.kubernetes.cri.";
    private const string Kubelet = "io.kubernetes.";

    private readonly Dictionary<string, string> _names = [];

    /// <summary>
    /// The container's name, <c>namespace/pod/container</c> in Kubernetes; else the first 12 digits of its id; null where the control
    /// group is of no container.
    /// </summary>
    public string? Find(ControlGroupPath group)
    {
        if (group.ContainerId is not { } id)
        {
            return null;
        }

        if (_names.TryGetValue(id, out string? name))
        {
            return name;
        }

        if (_names.Count >= MostNames)
        {
            _names.Clear();
        }

        bool isHash = id.Length > ShortIdLength && id.Length == id.Count(char.IsAsciiHexDigitLower);
        name = SafeText.Escape((isHash ? Read(id) : null) ?? (isHash ? id[..ShortIdLength] : id));
        return _names[id] = name.Length <= MostNameLength ? name : name[..MostNameLength];
    }

    // The id is 64 hexadecimal digits, so it can lead nowhere else.
    private string? Read(string id) =>
        ReadJson($"var/lib/docker/containers/{id}", "config.v2.json", OfDocker)
        ?? ReadJson($"run/containerd/io.containerd.runtime.v2.task/k8s.io/{id}", "config.json", OfCri)
        ?? ReadJson("var/lib/containers/storage/overlay-containers", "containers.json", json => OfPodman(json, id));

    private string? ReadJson(string folder, string file, Func<JsonElement, string?> find)
    {
        try
        {
            using TrustedFolder trusted = TrustedFolder.Open(Path.Combine(root, folder), create: false);
            if (trusted.Read(file, MostFileBytes) is not { } bytes)
            {
                return null;
            }

            using JsonDocument json = JsonDocument.Parse(bytes);
            return find(json.RootElement) is { Length: > 0 } name ? name : null;
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or SyscallException or UntrustedFileException or JsonException)
        {
            // Another runtime's, or not for this user to read: the id must do.
            return null;
        }
    }

    private static string? OfDocker(JsonElement json) => Text(json, "Name")?.TrimStart('/');

    private static string? OfCri(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("annotations", out JsonElement notes))
        {
            return null;
        }

        string? pod = Text(notes, Cri + "sandbox-name") ?? Text(notes, Kubelet + "pod.name");
        string? space = Text(notes, Cri + "sandbox-namespace") ?? Text(notes, Kubelet + "pod.namespace");
        string? container = Text(notes, Cri + "container-name") ?? Text(notes, Kubelet + "container.name");
        return pod is null ? container : string.Join('/', new[] { space, pod, container }.OfType<string>());
    }

    private static string? OfPodman(JsonElement json, string id)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (JsonElement container in json.EnumerateArray())
        {
            if (Text(container, "id") == id && container.TryGetProperty("names", out JsonElement names)
                && names.ValueKind == JsonValueKind.Array && names.GetArrayLength() > 0 && names[0].ValueKind == JsonValueKind.String)
            {
                // CRI-O: k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT.
                string name = names[0].GetString()!;
                return name.Split('_') is ["k8s", var part, var pod, var space, _, _] ? $"{space}/{pod}/{part}" : name;
            }
        }

        return null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
