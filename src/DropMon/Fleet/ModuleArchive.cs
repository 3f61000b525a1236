using System.IO.Compression;

namespace DropMon.Fleet;

/// <summary>Packs this module for the far side: the manifest and what it names, nothing else of the folder.</summary>
internal static class ModuleArchive
{
    private static readonly string[] Extensions = [".dll", ".ps1xml", ".psd1"];

    /// <summary>The module as the bytes of a zip file; its manifest is at the top.</summary>
    public static byte[] Create()
    {
        string library = Path.GetDirectoryName(typeof(ModuleArchive).Assembly.Location)!;
        string root = Path.GetDirectoryName(library)!;
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (string file in Directory.EnumerateFiles(library, "*", SearchOption.AllDirectories)
                .Prepend(Path.Combine(root, "DropMon.psd1")))
            {
                if (Extensions.Contains(Path.GetExtension(file)))
                {
                    archive.CreateEntryFromFile(file, Path.GetRelativePath(root, file), CompressionLevel.Optimal);
                }
            }
        }

        return bytes.ToArray();
    }
}
