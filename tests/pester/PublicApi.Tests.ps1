# The public API of the module changes on purpose only: what is public is listed in Approved/DropMon.txt. Members of cmdlets are their parameters, which the help's tests hold.
BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    $tests = Get-ChildItem "$PSScriptRoot/../DropMon.Core.Tests/bin" -Recurse -Filter DropMon.Core.Tests.dll | Sort-Object LastWriteTime | Select-Object -Last 1
    $tests | Should -Not -BeNullOrEmpty -Because 'dotnet build makes it'
    # The engine is loaded by the module; the tests' assembly knows how to list an assembly.
    $null = [DropMon.DropAlert]
    $api = [System.Reflection.Assembly]::LoadFrom($tests.FullName).GetType('DropMon.Tests.Architecture.PublicApi')
    $found = $api::Of([DropMon.Commands.GetNetDropCommand].Assembly) | Where-Object { $_ -notmatch '^DropMon\.Commands\.\w+Command\.' }
}
AfterAll { Remove-Module DropMon }

Describe 'The public API of the module' {
    It 'is the approved one' {
        # Where the change is meant, the lines below go to the approved file (=>), or out of it (<=).
        Compare-Object (Get-Content $PSScriptRoot/Approved/DropMon.txt) $found | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }
    It 'shows no collaborator of the cmdlets' { $found | Should -Not -Match 'DropMon\.(Pipeline|Output|Input|Monitoring|Serialization)\.' }
}
