# The catalog with one source, which delivers three drops and then fails: of the unit tests' assembly, which may see the internals of the module's own DropMon.Core.
function New-FailingCatalog {
    $built = Get-ChildItem $PSScriptRoot/../DropMon.Core.Tests/bin -Recurse -Filter DropMon.Core.Tests.dll -ErrorAction Ignore | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $built) { return }
    $assembly = [System.Reflection.Assembly]::LoadFrom($built.FullName)
    $assembly.GetType('DropMon.Tests.Sources.MidwaySource', $true).GetMethod('Catalog').Invoke($null, @())
}

Export-ModuleMember -Function New-FailingCatalog
