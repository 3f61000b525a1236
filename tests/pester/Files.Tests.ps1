BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/AlertFile.psm1 -Force
    New-AlertFile $TestDrive/source.jsonl -Count 5
    $alerts = Import-NetDrop $TestDrive/source.jsonl
}

Describe 'Export-NetDrop and Import-NetDrop' {
    It 'bring back every property by <_>' -ForEach 'jsonl', 'pcapng' {
        $alerts | Export-NetDrop "$TestDrive/round.$_"
        $back = Import-NetDrop "$TestDrive/round.$_"
        $back | Should -HaveCount 5
        foreach ($i in 0..4) { Compare-Alert $back[$i] $alerts[$i] }
    }
    It 'go on behind what is there with -Append' {
        $alerts | Export-NetDrop $TestDrive/append.pcapng
        $alerts | Export-NetDrop $TestDrive/append.pcapng -Append
        Import-NetDrop $TestDrive/append.pcapng | Should -HaveCount 10
    }
    It 'refuse a file that exists with -NoClobber, and leave it alone' {
        Set-Content $TestDrive/kept.jsonl 'kept'
        { $alerts | Export-NetDrop $TestDrive/kept.jsonl -NoClobber } | Should -Throw -ErrorId 'CaptureExists,*'
        Get-Content $TestDrive/kept.jsonl | Should -Be 'kept'
    }
    It 'hand the alerts on with -PassThru' { $alerts | Export-NetDrop $TestDrive/pass.jsonl -PassThru | Should -HaveCount 5 }
    It 'write nothing with -WhatIf' {
        $alerts | Export-NetDrop $TestDrive/whatif.jsonl -WhatIf
        "$TestDrive/whatif.jsonl" | Should -Not -Exist
    }
    It 'refuse a name that tells no format' { { $alerts | Export-NetDrop $TestDrive/x.txt } | Should -Throw -ErrorId 'CaptureExtensionUnknown,*' }
    It 'write it with -Format' {
        $alerts | Export-NetDrop $TestDrive/x.txt -Format JsonLines
        Import-NetDrop $TestDrive/x.txt | Should -HaveCount 5
    }
    It 'keep drops of this kernel' {
        Import-Module $PSScriptRoot/Traffic.psm1
        $null = Start-DropMonitor
        try {
            # A busy machine leaves some to a thread of the kernel, and those cannot be recognised as ours.
            for ($try = 0; $try -lt 20 -and @($live).Count -lt 5; $try++) {
                Send-ClosedPort -Count 5
                $live = Get-NetDrop -Function '*udp*rcv' | Where-Object ProcessId -EQ $PID | Select-Object -First 5
            }
        }
        finally { Stop-DropMonitor }
        $live | Export-NetDrop $TestDrive/live.jsonl
        $back = @(Import-NetDrop $TestDrive/live.jsonl)
        $back | Should -HaveCount 5
        Compare-Alert $back[0] $live[0] -Except Source
    }
}

Describe 'Paths' {
    BeforeAll {
        $null = New-Item -ItemType Directory "$TestDrive/many"
        foreach ($name in 'a', 'b', '[c]') { Copy-Item -LiteralPath $TestDrive/source.jsonl "$TestDrive/many/$name.jsonl" }
    }
    It 'take wildcards' { Import-NetDrop "$TestDrive/many/?.jsonl" | Should -HaveCount 10 }
    It 'are taken as they stand with -LiteralPath' { Import-NetDrop -LiteralPath "$TestDrive/many/[c].jsonl" | Should -HaveCount 5 }
    It 'come from Get-ChildItem' { Get-ChildItem $TestDrive/many | Import-NetDrop | Should -HaveCount 15 }
    It 'come from Get-ChildItem to Get-NetDrop' { Get-ChildItem $TestDrive/many | Get-NetDrop -Reason NO_SOCKET | Should -HaveCount 3 }
    It 'are read no further than -Count asks, so that damage behind it is no error' {
        Set-Content $TestDrive/damaged.jsonl (@(Get-Content $TestDrive/source.jsonl | Select-Object -First 3) + 'damage')
        Get-NetDrop -Path $TestDrive/damaged.jsonl -Count 2 -ErrorAction Stop | Should -HaveCount 2
    }
    It 'may be of another drive of PowerShell' { Import-NetDrop TestDrive:/many/a.jsonl | Should -HaveCount 5 }
    It 'that do not exist are one error, and the others are read' {
        Import-NetDrop $TestDrive/none.jsonl, $TestDrive/many/a.jsonl -ErrorVariable problems -ErrorAction SilentlyContinue | Should -HaveCount 5
        $problems | Should -HaveCount 1
    }
    It 'that are directories are one error with what to do, and the others are read' {
        $null = New-Item -ItemType Directory "$TestDrive/nested/inner"
        foreach ($name in 'a', 'z') { Copy-Item $TestDrive/source.jsonl "$TestDrive/nested/$name.jsonl" }
        Get-ChildItem $TestDrive/nested | Import-NetDrop -ErrorVariable problems -ErrorAction SilentlyContinue | Should -HaveCount 10
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CaptureIsDirectory,*'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike "*-Path '*/nested/inner/*.jsonl'"
    }
    It 'in a folder that is not there are an error with the command that makes it' {
        $problem = try { $alerts | Export-NetDrop $TestDrive/no/such/x.jsonl } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CaptureNotFound,*'
        $problem.ErrorDetails.RecommendedAction | Should -Be "mkdir -p $TestDrive/no/such"
    }
}

Describe 'Get-NetDrop -Path' {
    It 'filters as live ones are filtered' { (Get-NetDrop -Path $TestDrive/source.jsonl -Reason 'REASON_*', NO_X -Class Udp).Count | Should -Be 4 }
    It 'ends at -Count' { Get-NetDrop -Path $TestDrive/source.jsonl -Count 2 | Should -HaveCount 2 }
}

Describe 'A file with a writer' {
    BeforeEach {
        $alerts | Export-NetDrop $TestDrive/busy.jsonl
        $writer = { Export-NetDrop $TestDrive/busy.jsonl -Append }.GetSteppablePipeline()
        $writer.Begin($true)
    }
    AfterEach { $writer.Dispose() }

    It 'takes no second one, <Name>' -ForEach @(
        @{ Name = 'of this process'; Script = { try { $alerts | Export-NetDrop $TestDrive/busy.jsonl -Append } catch { $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; $_.ErrorDetails.RecommendedAction } } }
        @{ Name = 'of another process'; Script = {
                pwsh -NoProfile -NonInteractive -Command "Import-Module '$PSScriptRoot/../../DropMon.psd1'
                    try { Import-NetDrop '$TestDrive/source.jsonl' | Export-NetDrop '$TestDrive/busy.jsonl' -Append } catch { `$_.FullyQualifiedErrorId; `$_.CategoryInfo.Category; `$_.ErrorDetails.RecommendedAction }"
            }
        }
    ) {
        $writer.Process($alerts[0])
        $answer = & $Script
        $writer.End()
        $answer[0] | Should -Be 'CaptureInUse,DropMon.Commands.ExportNetDropCommand'
        $answer[1] | Should -Be 'ResourceBusy'
        $answer[2] | Should -BeLike '*another file*'
        Import-NetDrop $TestDrive/busy.jsonl | Should -HaveCount 6
    }
    It 'can be read' { Import-NetDrop $TestDrive/busy.jsonl -ErrorAction Stop | Should -HaveCount 5 }
}

Describe 'A pipeline from a file to the same file' {
    BeforeAll {
        function Get-Problem([scriptblock] $Script) { try { & $Script } catch { $_ } }
    }

    It 'leaves a <_> file as it was, with one error' -ForEach 'jsonl', 'pcapng' {
        $path = "$TestDrive/same.$_"
        $alerts | Export-NetDrop $path
        $before = Get-FileHash $path
        foreach ($script in { Import-NetDrop $path | Export-NetDrop $path },
            { Import-NetDrop $path -ErrorAction SilentlyContinue | Where-Object Reason -EQ NO_SUCH | Export-NetDrop $path },
            { Get-NetDrop -Path $path -Reason NO_SOCKET | Export-NetDrop $path },
            { Import-NetDrop "$TestDrive/source.jsonl", $path | Export-NetDrop $path }) {
            $Error.Clear()
            $problem = @(Get-Problem $script)
            $problem | Should -HaveCount 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CaptureAboutToBeOverwritten,*'
            $problem[0].ErrorDetails.RecommendedAction | Should -BeLike "*Move-Item*$path*"
            $Error | Should -HaveCount 1
            (Get-FileHash $path).Hash | Should -Be $before.Hash
        }
    }
    It 'appends what was there, and ends' {
        New-AlertFile $TestDrive/grow.jsonl -Count 2000
        Import-NetDrop $TestDrive/grow.jsonl | Export-NetDrop $TestDrive/grow.jsonl -Append
        Import-NetDrop $TestDrive/grow.jsonl | Should -HaveCount 4000
    }
}

Describe 'A pipeline that fails' {
    It 'before the first alert leaves the file as it was' {
        $alerts | Export-NetDrop $TestDrive/failed.jsonl
        { & { throw 'no' } | Export-NetDrop $TestDrive/failed.jsonl } | Should -Throw 'no'
        Import-NetDrop $TestDrive/failed.jsonl | Should -HaveCount 5
    }
    It 'before the first alert leaves a new file empty' {
        { & { throw 'no' } | Export-NetDrop $TestDrive/new.jsonl } | Should -Throw 'no'
        (Get-Item $TestDrive/new.jsonl).Length | Should -Be 0
        Import-NetDrop $TestDrive/new.jsonl -ErrorAction Stop | Should -BeNullOrEmpty
    }
    It 'because it is stopped before the first alert leaves the file as it was' {
        Import-Module $PSScriptRoot/Background.psm1
        $alerts | Export-NetDrop $TestDrive/stopped.jsonl
        $background = Start-Background ([scriptblock]::Create("& { Start-Sleep -Seconds 600 } | Export-NetDrop '$TestDrive/stopped.jsonl'"))
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        do { $problem = try { $null = Import-NetDrop $TestDrive/stopped.jsonl } catch { $_ } } until ($problem -or [DateTime]::UtcNow -gt $deadline)
        Stop-Background $background
        $problem.FullyQualifiedErrorId | Should -BeLike 'CaptureAboutToBeOverwritten,*'
        Import-NetDrop $TestDrive/stopped.jsonl | Should -HaveCount 5
    }
    It 'later leaves what was written' {
        $alerts | Export-NetDrop $TestDrive/failed.jsonl
        { & { $alerts[0]; throw 'no' } | Export-NetDrop $TestDrive/failed.jsonl } | Should -Throw 'no'
        Import-NetDrop $TestDrive/failed.jsonl | Should -HaveCount 1
    }
    It 'is not one that has no alerts: that empties the file' {
        $alerts | Export-NetDrop $TestDrive/failed.jsonl
        @() | Export-NetDrop $TestDrive/failed.jsonl
        Import-NetDrop $TestDrive/failed.jsonl -ErrorAction Stop | Should -BeNullOrEmpty
        Get-Content $TestDrive/failed.jsonl | Should -HaveCount 1
    }
}

Describe 'A pipe' {
    It 'can be written' {
        mkfifo $TestDrive/pipe
        $reader = Start-Process -FilePath cp -ArgumentList "$TestDrive/pipe", "$TestDrive/piped.jsonl" -PassThru
        $alerts | Export-NetDrop $TestDrive/pipe -Format JsonLines
        $reader.WaitForExit(60000) | Should -BeTrue
        Import-NetDrop $TestDrive/piped.jsonl | Should -HaveCount 5
    }
}

Describe 'A file that is cut off' {
    It 'gives what is whole, then one error with the offset, by <_>' -ForEach 'jsonl', 'pcapng' {
        $alerts | Export-NetDrop "$TestDrive/cut.$_"
        $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/cut.$_")
        [System.IO.File]::WriteAllBytes("$TestDrive/cut.$_", $bytes[0..($bytes.Length - 30)])
        Import-NetDrop "$TestDrive/cut.$_" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -HaveCount 4
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CaptureTruncated,*'
        $problems[0].Exception.Offset | Should -BeGreaterThan 0
    }
}

Describe 'A full disk' {
    BeforeAll {
        $disk = (New-Item -ItemType Directory "$TestDrive/disk").FullName
        mount -t tmpfs -o size=64k none $disk
    }
    AfterAll { umount $disk }

    It 'is one error, and what was written before can be read' {
        $many = foreach ($i in 1..60) { $alerts }
        $problem = try { $many | Export-NetDrop "$disk/full.jsonl" } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CaptureWriteFailed,*'
        $back = Import-NetDrop "$disk/full.jsonl" -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $back.Count | Should -BeIn (10..299)
        Compare-Alert $back[0] $alerts[0]
    }
}

Describe 'tshark as witness' {
    It 'sees interface, time, packet and comment' {
        Get-Command tshark -ErrorAction Ignore | Should -Not -BeNullOrEmpty -Because 'the packages that the tests need include it'
        $alerts | Export-NetDrop $TestDrive/shark.pcapng
        $fields = (tshark -r $TestDrive/shark.pcapng -T fields -E separator='|' -e frame.interface_name -e frame.time_epoch -e ip.dst -e udp.dstport -e frame.comment 2>$null)[0] -split '\|'
        $fields[0..3] | Should -Be 'eth0', '1763956010.123456700', '127.0.0.1', '9'
        $fields[4] | Should -Match 'NO_SOCKET.*__udp4_lib_rcv'
    }
}

Describe 'A pipe in the place of a file' {
    It '<_> waits for its writer and ends with Ctrl+C' -ForEach 'Import-NetDrop', 'Get-NetDrop' {
        mkfifo $TestDrive/pipe-$_
        $shell = [powershell]::Create().AddScript("Import-Module '$((Get-Module DropMon).Path)'; $_ -LiteralPath '$TestDrive/pipe-$_'")
        $running = $shell.BeginInvoke()
        for ($i = 0; $i -lt 100 -and -not (Get-ChildItem /proc/self/fd -ErrorAction Ignore | Where-Object { $_.LinkTarget -like '*/pipe-*' }); $i++) { Start-Sleep -Milliseconds 100 }
        $running.IsCompleted | Should -BeFalse
        $stopping = $shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(60)) | Should -BeTrue
        $shell.EndStop($stopping)
        $shell.Dispose()
    }
}

Describe 'A pipe without a reader' {
    It 'is waited for by Export-NetDrop, and Ctrl+C ends that' {
        mkfifo $TestDrive/unread
        $shell = [powershell]::Create().AddScript("Import-Module '$((Get-Module DropMon).Path)'; 'begun' > '$TestDrive/begun'; Import-NetDrop '$TestDrive/unread.jsonl' | Export-NetDrop '$TestDrive/unread' -Format JsonLines")
        $alerts | Export-NetDrop $TestDrive/unread.jsonl
        $running = $shell.BeginInvoke()
        for ($i = 0; $i -lt 100 -and -not (Test-Path $TestDrive/begun); $i++) { Start-Sleep -Milliseconds 100 }
        $running.IsCompleted | Should -BeFalse
        $stopping = $shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(60)) | Should -BeTrue
        $shell.EndStop($stopping)
        $shell.Dispose()
    }
}

Describe 'A JSON array' {
    It 'is refused with a command that makes lines of it, whatever the name of the file holds' {
        $folder = New-Item -ItemType Directory "$TestDrive/arrays"
        $path = "$folder/it's `$(New-Item PWN) `u{2018}; New-Item PWN; `u{2019}.json"
        $alerts | ConvertTo-Json -AsArray -Depth 4 | Set-Content -LiteralPath $path
        { Import-NetDrop -LiteralPath $path -ErrorAction Stop } | Should -Throw -ErrorId 'CaptureIsJsonArray,*'
        try { Import-NetDrop -LiteralPath $path -ErrorAction Stop } catch { $remedy = $_.ErrorDetails.RecommendedAction }
        Push-Location $folder
        try { & ([scriptblock]::Create($remedy)) } finally { Pop-Location }
        $made = Get-ChildItem $folder | Where-Object FullName -NE $path
        $made | Should -HaveCount 1
        @(Import-NetDrop -LiteralPath $made.FullName) | Should -HaveCount @($alerts).Count
    }
}
