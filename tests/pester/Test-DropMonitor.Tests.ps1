BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
}

Describe 'Test-DropMonitor' {
    BeforeAll { $results = Test-DropMonitor }

    It 'gives one result for each check, with a name, a status and a detail' {
        $results.Name | Should -Be ($results.Name | Select-Object -Unique)
        $results | ForEach-Object { $_.Detail | Should -Not -BeNullOrEmpty }
    }
    It 'has a remedy for whatever is amiss' {
        $results | Where-Object Status -In Warning, Failed | ForEach-Object { $_.Remedy | Should -Not -BeNullOrEmpty -Because $_.Name }
    }
    It 'sees its control drop through at least one source, with function and reason' {
        ($results | Where-Object { $_.Name -like 'ControlDrop*' -and "$($_.Status)" -eq 'Passed' }).Detail | Should -Match 'NO_SOCKET, in __udp4_lib_rcv|no reason given, in __udp4_lib_rcv'
    }
    It 'tells of the source which properties stay null, and why' {
        $reasons = ($results | Where-Object Name -EQ ControlDropTracepoint).NullProperties
        ($reasons | Where-Object Property -EQ Packet).Why | Should -Be 'the tracepoint reports no bytes of the packet'
    }
    It 'returns a boolean with -Quiet' { Test-DropMonitor -Quiet | Should -BeTrue }
    It 'warns and returns false where nothing can be proven' {
        $output = unshare --net pwsh -NoProfile -NonInteractive -Command "Import-Module $PSScriptRoot/../../DropMon.psd1; Test-DropMonitor -Quiet"
        $output | Should -Contain 'False'
    }
    It 'leaves no monitor behind' { Get-DropMonitor | Should -BeNullOrEmpty }
}
