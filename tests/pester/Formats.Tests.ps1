BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/AlertFile.psm1 -Force
    New-AlertFile $TestDrive/alerts.jsonl -Count 5
    $alerts = Import-NetDrop $TestDrive/alerts.jsonl
    function Get-Text($Objects, [string] $View, [hashtable] $With = @{}) { @(($Objects | & "Format-$View" @With | Out-String -Width 120) -split "`n" | ForEach-Object TrimEnd) }
}

Describe 'The view of an alert' {
    It 'fits 120 columns as a <_>' -ForEach 'Table', 'List', 'Wide' { Get-Text $alerts $_ | ForEach-Object { $_.Length | Should -BeLessOrEqual 120 } }
    It 'shows time, reason and place in a table' { (Get-Text $alerts Table)[3] | Should -Match '\d\d:46:50\.123 .* NO_SOCKET .* __udp4_lib_rcv\+0x9a2' }
    It 'groups' { @(Get-Text ($alerts | Sort-Object Reason) Table @{ GroupBy = 'Reason' } | Where-Object { $_ -match 'Reason: ' }).Count | Should -Be 4 }
    It 'shows why and where as a list' { @(Get-Text $alerts[0] List) -match '^Explanation +: No socket was bound to the port\.$' | Should -HaveCount 1 }
    It 'shows the stack as a table of its own' { Get-Text $alerts[0].StackTrace Table | Should -Contain '0xffffffffc0000010 br_handle_frame+0x7 [bridge]' }
    It 'has no colour where the output is no terminal' {
        $text = pwsh -NoProfile -NonInteractive -Command "Import-Module '$PSScriptRoot/../../DropMon.psd1'; Import-NetDrop '$TestDrive/alerts.jsonl'" | Out-String
        $text | Should -Match 'NO_SOCKET'
        $text | Should -Not -Match '\x1b\[[0-9;]*mNO_SOCKET'
    }
}

Describe 'Every view' {
    BeforeDiscovery {
        $names = Get-ChildItem "$PSScriptRoot/../../src/DropMon/Formats/*.ps1xml" | ForEach-Object { @{ File = $_.Name } }
    }
    It 'of <File> is for live and for deserialized objects' -ForEach $names {
        foreach ($view in ([xml] (Get-Content "$PSScriptRoot/../../src/DropMon/Formats/$File" -Raw)).Configuration.ViewDefinitions.View) {
            $types = @($view.ViewSelectedBy.TypeName)
            foreach ($type in $types -notlike 'Deserialized.*') { $types | Should -Contain "Deserialized.$type" -Because $view.Name }
        }
    }
    It 'of <File> is in the file that the manifest names' -ForEach $names {
        $source, $built = "src/DropMon/Formats/$File", (Import-PowerShellDataFile "$PSScriptRoot/../../DropMon.psd1").FormatsToProcess | ForEach-Object {
            , ([xml] (Get-Content "$PSScriptRoot/../../$_" -Raw)).Configuration.ViewDefinitions.View
        }
        foreach ($view in $source) { ($built | Where-Object Name -EQ $view.Name).ViewSelectedBy.InnerText | Should -BeExactly $view.ViewSelectedBy.InnerText }
    }
}

Describe 'The status of a monitor' {
    It 'fits 120 columns' {
        $status = Start-DropMonitor
        try { Get-Text $status List | ForEach-Object { $_.Length | Should -BeLessOrEqual 120 } } finally { Stop-DropMonitor }
    }
}
