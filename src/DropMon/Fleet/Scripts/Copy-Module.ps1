# Runs on the far side: unpacks the module into a folder that only this user can enter, and returns the folder.
param([byte[]] $Archive)
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "dropmon-$([guid]::NewGuid())"
$null = [System.IO.Directory]::CreateDirectory($folder, [System.IO.UnixFileMode] 'UserRead, UserWrite, UserExecute')
[System.IO.Compression.ZipFile]::ExtractToDirectory([System.IO.MemoryStream]::new($Archive), $folder)
$folder
