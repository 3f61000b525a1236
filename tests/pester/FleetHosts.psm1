# Computers for tests: network namespaces with an sshd each, on a bridge, in addresses that are for benchmarks only (RFC 2544). They share this
# kernel, and so every one sees the drops of all.

$script:Subnet = '198.18.77'
$script:Bridge = 'dropmon-br'

function New-FleetHost {
    <#
    .SYNOPSIS Starts computers 1 to -Count. Returns what Connect-FleetHost and Remove-FleetHost take.
    .PARAMETER Without The number of the computer that has no module.
    .PARAMETER Hostile The number of the computer whose module is another one, which lies: the script of -Script.
    #>
    param([int] $Count = 3, [int] $Without = 0, [int] $Hostile = 0, [string] $Script = '')
    $fleet = [pscustomobject]@{ Folder = (New-Item -ItemType Directory -Path ([System.IO.Path]::GetTempPath()) -Name "dropmon-fleet-$PID-$(Get-Random)").FullName; Count = $Count }
    try {
        $modules = New-Item -ItemType Directory "$($fleet.Folder)/Modules"
        $null = New-Item -ItemType SymbolicLink -Path "$modules/DropMon" -Target (Resolve-Path "$PSScriptRoot/../..").Path
        ssh-keygen -q -t ed25519 -N '' -f "$($fleet.Folder)/hostkey"
        ssh-keygen -q -t ed25519 -N '' -f "$($fleet.Folder)/key"
        $null = New-Item -ItemType Directory /run/sshd -Force
        Invoke-Ip link add $script:Bridge type bridge
        Invoke-Ip address add "$script:Subnet.254/24" dev $script:Bridge
        Invoke-Ip link set $script:Bridge up
        $lies = New-Item -ItemType Directory "$($fleet.Folder)/Lies/DropMon"
        Set-Content "$lies/DropMon.psm1" "Add-Type -LiteralPath '$(Resolve-Path "$PSScriptRoot/../../lib/DropMon.dll")'`n$Script"
        foreach ($number in 1..$Count) {
            Start-FleetHost $fleet $number $(switch ($number) { $Without { '/nowhere' } $Hostile { $lies.Parent.FullName } default { $modules.FullName } })
        }
    }
    catch {
        Remove-FleetHost $fleet
        throw
    }
    $fleet
}

function Start-FleetHost($Fleet, $Number, $ModulePath) {
    $namespace = "dropmon-$Number"
    Invoke-Ip netns add $namespace
    Invoke-Ip link add "dropmon-v$Number" type veth peer name eth0 netns $namespace
    Invoke-Ip link set "dropmon-v$Number" master $script:Bridge up
    Invoke-Ip -n $namespace address add "$script:Subnet.$Number/24" dev eth0
    Invoke-Ip -n $namespace link set eth0 up
    Invoke-Ip -n $namespace link set lo up
    # One that was cut off keeps its session until its own questions stay unanswered.
    Set-Content "$($Fleet.Folder)/sshd$Number" @"
ListenAddress $script:Subnet.$Number
HostKey $($Fleet.Folder)/hostkey
AuthorizedKeysFile $($Fleet.Folder)/key.pub
PidFile none
UsePAM no
StrictModes no
ClientAliveInterval 1
ClientAliveCountMax 3
SetEnv PATH=$(Split-Path (Get-Command pwsh -CommandType Application)[0].Source):/usr/sbin:/usr/bin:/sbin:/bin PSModulePath=$ModulePath POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
Subsystem dropmon /usr/bin/env pwsh -NoLogo -NoProfile -NonInteractive -Command -
"@
    # Not "ip netns exec", which would hide tracefs behind a /sys of its own.
    nsenter --net=/run/netns/$namespace /usr/sbin/sshd -f "$($Fleet.Folder)/sshd$Number" -E "$($Fleet.Folder)/sshd$Number.log"
    if ($LASTEXITCODE -ne 0) { throw "sshd did not start: $(Get-Content "$($Fleet.Folder)/sshd$Number.log")" }
}

function Get-FleetParameter {
    <# .SYNOPSIS The parameters by which a cmdlet reaches the computers of these numbers. #>
    param($Fleet, [int[]] $Number = (1..$Fleet.Count))
    @{
        HostName    = @($Number | ForEach-Object { "$script:Subnet.$_" })
        UserName    = 'root'
        KeyFilePath = "$($Fleet.Folder)/key"
        Options     = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR'; ServerAliveInterval = 1; ServerAliveCountMax = 3; ConnectTimeout = 5 }
    }
}

function Disconnect-FleetHost {
    <# .SYNOPSIS Cuts a computer off the network, without a word to anybody. #>
    param([int] $Number)
    Invoke-Ip link set "dropmon-v$Number" down
}

function Connect-FleetHost {
    <# .SYNOPSIS Undoes Disconnect-FleetHost. #>
    param([int] $Number)
    Invoke-Ip link set "dropmon-v$Number" up
}

function Get-FleetSource {
    <# .SYNOPSIS The processes on a computer that have a drop source open. #>
    param([int] $Number)
    ip netns pids "dropmon-$Number" | Where-Object { (Get-ChildItem "/proc/$_/fd" -ErrorAction Ignore).Target -match 'anon_inode:.*(perf_event|bpf-prog)' }
}

function Remove-FleetHost {
    <# .SYNOPSIS Ends what runs on the computers and removes them, whatever state they are in. #>
    param($Fleet)
    foreach ($number in 1..$Fleet.Count) {
        # Nothing but what was started there can be in a namespace of ours.
        ip netns pids "dropmon-$number" 2>$null | ForEach-Object { Stop-Process -Id $_ -Force -ErrorAction Ignore }
        ip netns delete "dropmon-$number" 2>$null
    }
    ip link delete $script:Bridge 2>$null
    Remove-Item -LiteralPath $Fleet.Folder -Recurse -Force
}

function Start-UnknownProtocol {
    <# .SYNOPSIS Sends packets of an IP protocol that nobody speaks, for drops that cannot be anybody else's. Returns what Stop-Traffic takes. #>
    param([int] $PerSecond = 50, [int] $Most = 20000)
    $stop = [System.Threading.ManualResetEventSlim]::new()
    $shell = [powershell]::Create()
    $null = $shell.AddScript({
            param($stop, $perSecond, $most)
            # With a header of our own: 253 is for experiments (RFC 3692). The kernel fills in length and checksum.
            $socket = [System.Net.Sockets.Socket]::new('InterNetwork', 'Raw', 'Raw')
            $target = [System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0)
            $bytes = [Convert]::FromHexString('4500001c0000000040fd0000' + '7f0000017f000001' + '0000000000000000')
            for ($i = 0; $i -lt $most -and -not $stop.Wait([int](1000 / $perSecond)); $i++) { $null = $socket.SendTo($bytes, $target) }
            $socket.Dispose()
        }).AddArgument($stop).AddArgument($PerSecond).AddArgument($Most)
    @{ Shell = $shell; Stop = $stop; Run = $shell.BeginInvoke() }
}

function Invoke-Ip {
    $text = ip @args 2>&1
    if ($LASTEXITCODE -ne 0) { throw "ip $($args -join ' '): $text" }
}

function Wait-Until {
    <# .SYNOPSIS Waits until a condition holds; fails when it does not in time. #>
    param([scriptblock] $Condition, [int] $Seconds = 60, [string] $What = "$Condition")
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "After $Seconds seconds still not so: $What" }
        $null = [System.Threading.Tasks.Task]::Delay(100).Wait(100)
    }
}

Export-ModuleMember -Function New-FleetHost, Get-FleetParameter, Disconnect-FleetHost, Connect-FleetHost, Get-FleetSource, Remove-FleetHost, Start-UnknownProtocol, Wait-Until
