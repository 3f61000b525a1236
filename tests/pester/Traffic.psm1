# Real drops for tests: datagrams to a loopback port that is bound, and so kept from others, but closed before sending.

function Get-ClosedPort {
    <# .SYNOPSIS A UDP port of loopback that was free a moment ago. #>
    $probe = [System.Net.Sockets.UdpClient]::new([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
    try { $probe.Client.LocalEndPoint.Port } finally { $probe.Dispose() }
}

function Send-ClosedPort {
    <# .SYNOPSIS Sends datagrams to a closed port of loopback. Each is dropped in the context of this very process. #>
    param([int] $Count = 10, [int] $Port = (Get-ClosedPort))
    $socket = [System.Net.Sockets.Socket]::new('InterNetwork', 'Dgram', 'Udp')
    try {
        # Not connected: a connected socket would get the error of the closed port and refuse every other datagram.
        $target = [System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, $Port)
        $bytes = [byte[]]::new(20)
        for ($i = 0; $i -lt $Count; $i++) { $null = $socket.SendTo($bytes, $target) }
    }
    finally { $socket.Dispose() }
}

function Start-Traffic {
    <# .SYNOPSIS Sends datagrams from another thread of this process until Stop-Traffic or the limit. Returns what Stop-Traffic takes. #>
    param([int] $PerSecond = 200, [int] $Most = 20000)
    $stop = [System.Threading.ManualResetEventSlim]::new()
    $shell = [powershell]::Create()
    $null = $shell.AddScript({
            param($port, $stop, $perSecond, $most)
            $socket = [System.Net.Sockets.Socket]::new('InterNetwork', 'Dgram', 'Udp')
            $target = [System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, $port)
            $bytes = [byte[]]::new(20)
            for ($i = 0; $i -lt $most -and -not $stop.Wait([int](1000 / $perSecond)); $i++) { $null = $socket.SendTo($bytes, $target) }
            $socket.Dispose()
        }).AddArgument((Get-ClosedPort)).AddArgument($stop).AddArgument($PerSecond).AddArgument($Most)
    @{ Shell = $shell; Stop = $stop; Run = $shell.BeginInvoke() }
}

function Stop-Traffic {
    param([Parameter(Mandatory)] $Traffic)
    $Traffic.Stop.Set()
    $Traffic.Shell.EndInvoke($Traffic.Run)
    $Traffic.Shell.Dispose()
    $Traffic.Stop.Dispose()
}

Export-ModuleMember -Function Get-ClosedPort, Send-ClosedPort, Start-Traffic, Stop-Traffic
