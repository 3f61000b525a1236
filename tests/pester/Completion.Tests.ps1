BeforeDiscovery {
    $cases = @(
        @{ Line = 'Get-NetDrop -Reason NO_S'; Expected = 'NO_SOCKET' }
        @{ Line = 'Watch-NetDrop -Class Ud'; Expected = 'Udp' }
        @{ Line = 'Get-NetDrop -InterfaceName l'; Expected = 'lo' }
        @{ Line = 'Get-NetDrop -Interface l'; Expected = 'lo' }
        @{ Line = 'Get-NetDrop -Protocol icmp'; Expected = 'ICMPv6' }
        @{ Line = 'Get-NetDrop -Function __udp'; Expected = '__udp4_lib_rcv' }
        @{ Line = 'Get-NetDrop -Significance L'; Expected = 'Loss' }
        @{ Line = 'Get-NetDrop -Address 127'; Expected = '127.0.0.1' }
        @{ Line = 'Watch-NetDrop -DestinationAddress *.0.0.1'; Expected = '127.0.0.1' }
        @{ Line = 'Get-NetDrop -ProcessName pw'; Expected = 'pwsh' }
        @{ Line = 'Get-NetDrop -Source T'; Expected = 'Tracepoint' }
        @{ Line = 'Start-DropMonitor -Mode Su'; Expected = 'Summary' }
        @{ Line = 'Export-NetDrop x -Format J'; Expected = 'JsonLines' }
        @{ Line = 'Measure-NetDrop -By Rea'; Expected = 'Reason' }
        @{ Line = 'Test-NetDrop -Exclude NO_S'; Expected = 'NO_SOCKET' }
        @{ Line = 'Get-NetDropCounter Udp.NoP'; Expected = 'Udp.NoPorts' }
        @{ Line = 'Get-NetDropCounter -ImpliesDrop Al'; Expected = 'Always' }
        @{ Line = 'Resolve-NetDropLocation __udp4_lib_r'; Expected = '__udp4_lib_rcv' }
        @{ Line = 'Get-NetDrop -HostN'; Expected = '-HostName' }
        @{ Line = 'Watch-NetDrop -SSHC'; Expected = '-SSHConnection' }
        @{ Line = "Get-NetDrop -Reason 'NO_S"; Expected = "'NO_SOCKET'" }
        @{ Line = 'Get-NetDrop -Reason "NO_S'; Expected = '"NO_SOCKET"' }
        @{ Line = "Get-NetDrop -Reason 'NO_S'"; Expected = "'NO_SOCKET'" }
        @{ Line = "Get-NetDropReason -Subsystem 'openv"; Expected = "'openvswitch'" }
        @{ Line = "Get-NetDropCounter 'Udp.No"; Expected = "'Udp.NoPorts'" }
        @{ Line = "Get-NetDrop -InterfaceName 'l"; Expected = "'lo'" }
        @{ Line = "Get-NetDrop -Class 'Ud"; Expected = "'Udp'" }
        @{ Line = "Get-NetDrop -Protocol 'UD"; Expected = "'UDP'" }
        @{ Line = "Get-NetDrop -Function '__udp4"; Expected = "'__udp4_lib_rcv'" }
        @{ Line = "Test-NetDrop -Exclude '__udp"; Expected = "'__udp4_lib_rcv'" }
        @{ Line = 'Test-NetDrop -Exclude __udp'; Expected = '__udp4_lib_rcv' }
        @{ Line = 'Get-NetDrop -Function *udp4_lib_r'; Expected = '__udp4_lib_rcv' }
        @{ Line = 'Get-NetDrop -Reason *SOCK'; Expected = 'NO_SOCKET' }
        @{ Line = 'Get-NetDrop -Class *d'; Expected = 'Udp' }
        @{ Line = 'Get-NetDrop -InterfaceName ?o'; Expected = 'lo' }
        @{ Line = 'Get-NetDrop -Protocol *v6'; Expected = 'ICMPv6' }
        @{ Line = 'Get-NetDropCounter *NoPo'; Expected = 'Udp.NoPorts' }
        @{ Line = 'Get-NetDropReason -Subsystem *vsw'; Expected = 'openvswitch' }
    )
}

BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
}

Describe 'Completion' {
    It 'offers <Expected> for <Line>' -ForEach $cases { (Complete $Line).CompletionText | Should -Contain $Expected }

    It 'offers the ports at which a program listens' {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try { $port = "$($listener.LocalEndpoint.Port)"; (Complete "Get-NetDrop -PacketPort $($port.Substring(0, 2))").CompletionText | Should -Contain $port }
        finally { $listener.Stop() }
    }

    It 'is there for every argument that is text or an enumeration' {
        # What nobody can list: names that users make up, and paths, which PowerShell completes itself.
        $free = 'UserName', 'KeyFilePath', 'Path', 'LiteralPath', 'SourceIdentifier'
        foreach ($cmdlet in Get-Command -Module DropMon -CommandType Cmdlet) {
            foreach ($parameter in $cmdlet.Parameters.Values | Where-Object Name -NotIn ($free + [System.Management.Automation.Cmdlet]::CommonParameters)) {
                $type = $parameter.ParameterType.IsArray ? $parameter.ParameterType.GetElementType() : $parameter.ParameterType
                if ($type -eq [string]) {
                    $parameter.Attributes.Where{ $_ -is [System.Management.Automation.ArgumentCompleterAttribute] } | Should -Not -BeNullOrEmpty -Because "$cmdlet -$($parameter.Name) can be completed"
                }
            }
        }
    }

    It 'says what a reason means' { (Complete 'Get-NetDrop -Reason NO_SOCKE')[0].ToolTip.Length | Should -BeGreaterThan 20 }

    It 'offers reasons of this kernel only by names that it has' {
        $format = '/sys/kernel/tracing/events/skb/kfree_skb/format'
        $line = 'Get-NetDrop -Reason '
        $offered = (Complete $line).CompletionText
        $ofKernel = [regex]::Matches((Get-Content $format -Raw), '\{ 0x[0-9a-f]+, "([A-Z0-9_]+)"|\{ \d+, "([A-Z0-9_]+)"') | ForEach-Object { "$($_.Groups[1])$($_.Groups[2])" }
        $ofKernel | Should -Not -BeNullOrEmpty
        $ofKernel | Where-Object { $_ -notin 'MAX', 'SUBSYS_MASK', 'NOT_DROPPED_YET', 'CONSUMED' -and $_ -notin $offered } | Should -BeNullOrEmpty
    }

    It 'offers first what the running monitor has seen' {
        $null = Start-DropMonitor
        try {
            Send-ClosedPort -Count 5
            (Complete 'Get-NetDrop -Function __udp')[0].ToolTip | Should -BeLike '* packets dropped'
        }
        finally { Stop-DropMonitor }
    }

    It 'offers hosts of the SSH configuration, without patterns' {
        $file = "$TestDrive/.ssh/config"
        $null = New-Item $file -Force -Value "Host web-01 web-02 *.example.org`n  User root`nHost !db-03"
        $names = pwsh -NoProfile -NonInteractive -Command "`$env:HOME = '$TestDrive'; Import-Module '$PSScriptRoot/../../DropMon.psd1'; (TabExpansion2 'Get-NetDrop -HostName ' 22).CompletionMatches.CompletionText"
        $names | Should -Be 'web-01', 'web-02'
    }

    It 'quotes <Written> where that is a name' -ForEach @(
        # A configuration of ssh is the one place where a test can put any name.
        @{ Name = 'a$b'; Written = "'a`$b'" }
        @{ Name = "o'neill"; Written = "'o''neill'" }
        @{ Name = 'a;b'; Written = "'a;b'" }
        @{ Name = '-x'; Written = "'-x'" }
        @{ Name = '10.0.0.1'; Written = '10.0.0.1' }
    ) {
        $null = New-Item "$TestDrive/.ssh/config" -Force -Value "Host $Name"
        $offered = pwsh -NoProfile -NonInteractive -Command "`$env:HOME = '$TestDrive'; Import-Module '$PSScriptRoot/../../DropMon.psd1'; (TabExpansion2 'Get-NetDrop -HostName ' 22).CompletionMatches.CompletionText"
        $offered | Should -Be $Written
    }
}
