# pwsh in a real terminal (tmux), with a person's keys.
BeforeAll {
    Import-Module $PSScriptRoot/FleetHosts.psm1 -Force
    $manifest = (Resolve-Path "$PSScriptRoot/../../DropMon.psd1").Path

    function Start-Terminal {
        # A server of its own for each: one that was asked to end answers on its socket for a while yet, and takes a new session with it.
        $script:socket = "$([System.IO.Path]::GetTempPath())/dropmon-tmux-$PID-$(Get-Random)"
        $said = tmux -S $socket -f /dev/null new-session -d -x 120 -y 40 "env -u NO_COLOR pwsh -NoProfile -NoLogo -NoExit -Command `"Remove-Module PSReadLine -ErrorAction Ignore; function prompt { 'ready> ' }; Import-Module '$manifest'`"" 2>&1
        if ($LASTEXITCODE -ne 0) { throw "tmux: $said" }
        Wait-Until { (Get-Screen) -match '^ready>' } -What 'the prompt'
    }
    function Stop-Terminal {
        $server = tmux -S $socket display-message -p '#{pid}'
        tmux -S $socket kill-server
        Wait-Until { -not (Test-Path "/proc/$server") } -What 'the terminal is gone'
        Remove-Item -LiteralPath $socket -ErrorAction Ignore
    }
    function Get-Screen { @(tmux -S $socket capture-pane -p @args) | Where-Object { $_ } }
    function Send-Key { tmux -S $socket send-keys @args }
    function Get-Source {
        $shell = tmux -S $socket list-panes -F '#{pane_pid}'
        @(@($shell) + @(pgrep -P $shell) | Where-Object { (Get-ChildItem "/proc/$_/fd" -ErrorAction Ignore).Target -match 'anon_inode:.*(perf_event|bpf-prog)' })
    }
}

Describe 'Ctrl+C' {
    AfterEach { Stop-Terminal }

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
    AfterEach { Stop-Terminal }

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

Describe 'Watch-NetDrop -Top' {
    BeforeAll {
        Import-Module $PSScriptRoot/Traffic.psm1 -Force
        $traffic = Start-Traffic -PerSecond 50 -Most 20000
        function Get-Mode { tmux -S $socket display-message -p '#{alternate_on} #{cursor_flag}' }
        function Get-Setting { stty -F (tmux -S $socket display-message -p '#{pane_tty}') -a | Out-String }
        function Get-Total { [long] ([regex]::Match("$(Get-Screen)", '(\d[\d,]*) packets dropped').Groups[1].Value -replace ',') }
    }
    AfterAll { Stop-Traffic $traffic }
    BeforeEach {
        Start-Terminal
        Send-Key '"here before"' Enter
        Wait-Until { (Get-Screen) -match '^here before' } -What 'a line that is to be there afterwards'
        $screen = (Get-Screen) -join "`n"
        $settings = Get-Setting
    }
    AfterEach { Stop-Terminal }

    It 'refreshes in place, follows the size of the window, and on Ctrl+C leaves the terminal as it was' {
        Send-Key 'Watch-NetDrop -Top -Interval 0.3' Enter
        Wait-Until { (Get-Screen) -match 'packets dropped' } -What 'the first frame'
        Get-Mode | Should -Be '1 0' -Because 'it is drawn on the other screen, without a cursor'
        $first = Get-Total
        Wait-Until { (Get-Total) -gt $first } -What 'the numbers rise'
        @((Get-Screen) -match 'packets dropped') | Should -HaveCount 1 -Because 'a frame takes the place of the one before'
        tmux -S $socket resize-window -x 70 -y 12
        Wait-Until { (Get-Screen) -match 'packets dropped' -and -not ((Get-Screen) | Where-Object Length -GT 70) } -What 'a frame that fits'
        @((Get-Screen) -match 'packets dropped') | Should -HaveCount 1
        tmux -S $socket resize-window -x 120 -y 40
        Send-Key C-c
        Wait-Until { (Get-Mode) -eq '0 1' } -What 'the own screen with its cursor'
        Wait-Until { -not (Get-Source) } -What 'the source is closed'
        Wait-Until { (Get-Screen)[-1] -match '^ready>' } -What 'the prompt'
        ((Get-Screen) -join "`n") | Should -BeLike "$screen*" -Because 'what was there is there again'
        Wait-Until { (Get-Setting) -eq $settings } -What 'the settings of before'
        Send-Key '"6 x 7 = $(6 * 7)"' Enter
        Wait-Until { (Get-Screen) -match '^6 x 7 = 42' } -What 'the prompt answers'
    }

    It 'leaves the terminal as it was when its time is over' {
        Send-Key 'Watch-NetDrop -Top -Interval 0.3 -Duration 1; "it ended"' Enter
        Wait-Until { (Get-Screen) -match '^it ended' } -What 'the end'
        Get-Mode | Should -Be '0 1'
        ((Get-Screen) -join "`n") | Should -BeLike "$screen*"
        Wait-Until { (Get-Setting) -eq $settings } -What 'the settings of before'
    }

    It 'leaves the terminal as it was when the shell is asked to end' {
        $shell = tmux -S $socket list-panes -F '#{pane_pid}'
        # A shell around it keeps the terminal for a look afterwards.
        Send-Key "pwsh -NoProfile -NonInteractive -Command `"Import-Module '$manifest'; Watch-NetDrop -Top`"" Enter
        Wait-Until { (Get-Mode) -eq '1 0' } -What 'the other screen'
        $child = pgrep -P $shell | Select-Object -First 1
        /bin/kill -TERM $child
        Wait-Until { (Get-Mode) -eq '0 1' } -What 'the own screen with its cursor'
        Wait-Until { (Get-Screen)[-1] -match '^ready>' } -What 'the prompt'
        Wait-Until { (Get-Setting) -eq $settings } -What 'the settings of before'
    }
}
