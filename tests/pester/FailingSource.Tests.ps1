BeforeDiscovery {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/FailingSource.psm1 -Force
    $unbuilt = -not (New-FailingCatalog)
}

BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/FailingSource.psm1 -Force
    $module = Get-Module DropMon
    $before = $module.PrivateData
    $module.PrivateData = @{ SourceCatalog = New-FailingCatalog }
}

AfterAll { $module.PrivateData = $before }

# Without the build of the unit tests there is no such source.
Describe 'A source that fails midway' -Skip:$unbuilt {
    It 'gives what it had, its error, and the ledger: <_>' -ForEach 'Get-NetDrop', 'Watch-NetDrop' {
        $out = [System.Collections.Generic.List[object]]::new()
        $problem = try { & $_ -Duration 20 -Verbose 4>&1 | ForEach-Object { $out.Add($_) } } catch { $_ }
        @($out | Where-Object { $_ -is [DropMon.DropAlert] }) | Should -HaveCount 3
        "$problem" | Should -BeLike '*The ring is gone.*'
        $out | Out-String -Width 500 | Should -Match 'Ledger: received 3, delivered 3, filtered out 0, lost 0'
    }
}
