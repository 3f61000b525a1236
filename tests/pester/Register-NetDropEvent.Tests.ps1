BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    Import-Module $PSScriptRoot/Background.psm1 -Force
    function Wait-Condition([scriptblock] $Condition) {
        # Actions run between statements, so a loop is what lets them.
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        while (-not (& $Condition)) { if ([DateTime]::UtcNow -gt $deadline) { throw "A minute has passed without: $Condition" } }
    }
}

Describe 'Register-NetDropEvent' {
    BeforeAll { $traffic = Start-Traffic -Most 60000 }
    AfterAll { Stop-Traffic $traffic }
    BeforeEach { $global:DropMonSeen = [System.Collections.ArrayList]::new() }
    AfterEach {
        Get-EventSubscriber -Force | Where-Object SourceIdentifier -Like 'drops*' | Unregister-Event -Force
        Get-Event | Remove-Event
        Get-Job | Remove-Job -Force
        Remove-Variable DropMonSeen -Scope Global
    }

    It 'runs the action with the drops' {
        $null = Register-NetDropEvent -Function '*udp*rcv' -SourceIdentifier drops { $DropMonSeen.AddRange(@($Event.SourceEventArgs.Alerts)) }
        Wait-Condition { $DropMonSeen.Count -ge 3 }
        $DropMonSeen[0].Reason | Should -Be 'NO_SOCKET'
    }
    It 'hands over the drops of each CPU in order' {
        $null = Register-NetDropEvent -Function '*udp*rcv' -SourceIdentifier drops { $DropMonSeen.AddRange(@($Event.SourceEventArgs.Alerts)) }
        Wait-Condition { $DropMonSeen.Count -ge 20 }
        $perCpu = $DropMonSeen[0..19] | Group-Object Cpu
        $perCpu | ForEach-Object { @($_.Group.Timestamp) | Should -Be @($_.Group.Timestamp | Sort-Object) }
    }
    It 'returns the job of the action' { (Register-NetDropEvent -SourceIdentifier drops { }).GetType().Name | Should -Be 'PSEventJob' }
    It 'returns nothing without an action' { Register-NetDropEvent -SourceIdentifier drops | Should -BeNullOrEmpty }
    It 'lets Wait-Event find the drops without an action' {
        Register-NetDropEvent -Function '*udp*rcv' -SourceIdentifier drops
        (Wait-Event drops -Timeout 60).SourceEventArgs.Alert.Reason | Should -Be 'NO_SOCKET'
    }
    It 'hands the message data on' {
        $null = Register-NetDropEvent -Function '*udp*rcv' -SourceIdentifier drops -MessageData 'hello' { $DropMonSeen.Add($Event.MessageData) }
        Wait-Condition { $DropMonSeen.Count }
        $DropMonSeen[0] | Should -Be 'hello'
    }
    It 'ends after -MaxTriggerCount and stops the source' {
        $null = Register-NetDropEvent -Function '*udp*rcv' -Source Tracepoint -SourceIdentifier drops -MaxTriggerCount 2 { $DropMonSeen.Add(1) }
        Wait-Condition { -not (Get-EventSubscriber drops -ErrorAction Ignore) }
        $DropMonSeen | Should -HaveCount 2
        Wait-Tracepoint -Gone
    }
    It 'hides with -SupportEvent' {
        Register-NetDropEvent -SourceIdentifier drops -SupportEvent { }
        Get-EventSubscriber | Where-Object SourceIdentifier -EQ drops | Should -BeNullOrEmpty
    }
    It 'refuses a name that is taken' {
        $null = Register-NetDropEvent -SourceIdentifier drops { }
        { Register-NetDropEvent -SourceIdentifier drops { } } | Should -Throw -ErrorId 'SubscriberExists,DropMon.Commands.RegisterNetDropEventCommand'
    }
    It 'stops the source with Unregister-Event' {
        $null = Register-NetDropEvent -Source Tracepoint -SourceIdentifier drops { }
        Get-TracepointCount | Should -BeGreaterThan 0
        Unregister-Event drops
        Get-TracepointCount | Should -Be 0
    }
    It 'stops the source at the end of the session' {
        $run = Start-Background { $null = Register-NetDropEvent -Source Tracepoint { } }
        Complete-Background $run
        Wait-Tracepoint -Gone
    }
    It 'stops the source with Remove-Module' {
        $run = Start-Background { $null = Register-NetDropEvent -Source Tracepoint { }; Remove-Module DropMon; (Get-EventSubscriber).Count }
        Complete-Background $run | Should -Be 0
    }
}
