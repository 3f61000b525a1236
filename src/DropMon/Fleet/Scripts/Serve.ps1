# Runs on the far side and takes requests from its standard input, a line each. What it answers is a line each too: HostFrame reads them.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
function Send([object[]] $Words) { [Console]::Out.WriteLine($Words -join ' ') }
function Encode([string] $Text) { [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($Text)) }
function Find([string] $Path) {
    if (-not $Path -and -not (Get-Module DropMon -ListAvailable)) { return Send 'M' }
    $script:module = Import-Module ($Path ? $Path : 'DropMon') -PassThru -WarningAction Ignore
    Send 'M', (Encode $module.Version), (Encode ([int]($null -ne ('DropMon.Commands.FleetServer' -as [type]))))
}
$folder = $null
try {
    Send 'DropMon-Fleet'
    Find
    while ($null -ne ($line = [Console]::In.ReadLine())) {
        $word, $value = $line -split ' ', 2
        if ($word -eq 'copy') {
            # Only this user can enter the folder.
            $folder = Join-Path ([System.IO.Path]::GetTempPath()) "dropmon-$([guid]::NewGuid())"
            $null = [System.IO.Directory]::CreateDirectory($folder, [System.IO.UnixFileMode] 'UserRead, UserWrite, UserExecute')
            [System.IO.Compression.ZipFile]::ExtractToDirectory([System.IO.MemoryStream]::new([Convert]::FromBase64String($value)), $folder)
            Send 'V', (Encode "The module was copied to $folder for this session.")
            Find "$folder/DropMon.psd1"
        }
        elseif ($word -eq 'run') {
            $manifest = Join-Path $module.ModuleBase DropMon.psd1
            [DropMon.Commands.FleetServer]::Serve($value, ((Test-Path -LiteralPath $manifest) ? $manifest : $module.Path))
            break
        }
        else { break }
    }
}
catch {
    Send 'E', (Encode $_.FullyQualifiedErrorId.Split(',')[0]), (Encode $_.CategoryInfo.Category), (Encode $_), (Encode $_.ErrorDetails.RecommendedAction)
}
finally {
    # The assemblies that are loaded stay so.
    if ($folder) {
        try { Remove-Item -LiteralPath $folder -Recurse -Force }
        catch { Send 'W', (Encode "The copy of the module could not be removed: $folder") }
    }
    Send 'Z'
}
exit
