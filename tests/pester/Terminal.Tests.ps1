# pwsh in a real terminal (tmux), with a person's keys.
BeforeAll {
    Import-Module $PSScriptRoot/FleetHosts.psm1 -Force
    $manifest = (Resolve-Path "$PSScriptRoot/../../DropMon.psd1").Path
    $socket = "$([System.IO.Path]::GetTempPath())/dropmon-tmux-$PID-$(Get-Random)"

    function Start-Terminal {
        tmux -S $socket -f /dev/null new-session -d -x 120 -y 40 "env -u NO_COLOR pwsh -NoProfile -NoLogo -NoExit -Command `"Remove-Module PSReadLine -ErrorAction Ignore; function prompt { 'ready> ' }; Import-Module '$manifest'`""
        Wait-Until { (Get-Screen) -match '^ready>' } -What 'the prompt'
    }
    function Get-Screen { @(tmux -S $socket capture-pane -p @args) | Where-Object { $_ } }
    function Send-Key { tmux -S $socket send-keys @args }
    function Get-Source {
        $shell = tmux -S $socket list-panes -F '#{pane_pid}'
        @(@($shell) + @(pgrep -P $shell) | Where-Object { (Get-ChildItem "/proc/$_/fd" -ErrorAction Ignore).Target -like 'anon_inode:*perf_event*' })
    }
}

Describe 'Ctrl+C' {
    AfterEach { tmux -S $socket kill-server 2>$null }

    It 'ends Watch-NetDrop, stops the source and leaves the prompt usable' {
        Start-Terminal
        Send-Key 'Watch-NetDrop -Function no_such_function' Enter
        Wait-Until { Get-Source } -What 'the source is open'
        Send-Key C-c
        Wait-Until { -not (Get-Source) } -What 'the source is closed'
        Send-Key '"6 x 7 = $(6 * 7)"' Enter
        Wait-Until { (Get-Screen) -match '^6 x 7 = 42' } -What 'the prompt answers'
    }

    It 'ends Get-NetDrop while it collects, and takes its progress bar away' {
        Start-Terminal
        Send-Key 'Get-NetDrop -Duration 600 -Function no_such_function' Enter
        Wait-Until { Get-Source } -What 'the source is open'
        Send-Key C-c
        Wait-Until { -not (Get-Source) } -What 'the source is closed'
        Wait-Until { (Get-Screen)[-1] -match '^ready>' -and -not ((Get-Screen) -match 'Collecting drops') } -What 'a clean prompt'
    }
}

Describe 'Colour' {
    AfterEach { tmux -S $socket kill-server 2>$null }

    It 'marks the significance on a terminal' {
        Import-Module $PSScriptRoot/AlertFile.psm1
        New-AlertFile $TestDrive/alerts.jsonl
        Start-Terminal
        Send-Key "Import-NetDrop '$TestDrive/alerts.jsonl'" Enter
        Wait-Until { (Get-Screen) -match 'NO_SOCKET' } -What 'the table'
        # Dim, since the drop is an expected one.
        @(Get-Screen -e) -match '\x1b\[([0-9]+;)*2mNO_SOCKET' | Should -Not -BeNullOrEmpty
    }
}
