BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
}

Describe 'Filters by address, port, network namespace and process' {
    It 'refuses <Parameter> <Value> with what to write' -ForEach @(
        @{ Parameter = 'Address'; Value = '10.0.0.256'; Remedy = '*10.0.0.0/8*' }
        @{ Parameter = 'SourceAddress'; Value = 'localhost'; Remedy = '*10.0.0.0/8*' }
        @{ Parameter = 'PacketPort'; Value = '70000'; Remedy = '*65535*' }
        @{ Parameter = 'DestinationPort'; Value = '2-1'; Remedy = '*65535*' }
        @{ Parameter = 'NetworkNamespace'; Value = 'blue'; Remedy = '*readlink*' }
    ) {
        $given = @{ $Parameter = $Value }
        $failure = { Get-NetDrop -Duration 1 @given } | Should -Throw -ErrorId 'FilterInvalid*' -PassThru
        $failure.ErrorDetails.RecommendedAction | Should -BeLike $Remedy
    }
    It 'names the parameter that the tracepoint cannot answer' {
        $failure = { Get-NetDrop -Duration 1 -Source Tracepoint -PacketPort 53 } | Should -Throw -ErrorId 'OptionUnusable*' -PassThru
        $failure.ErrorDetails.Message | Should -BeLike '*-PacketPort would match nothing*'
    }
    It 'takes the name of a network namespace' {
        $name = "dropmon-filter-$PID"
        ip netns add $name
        try {
            Get-NetDrop -Duration 0.1 -NetworkNamespace $name -ErrorVariable failed | Should -BeNullOrEmpty
            $failed | Should -BeNullOrEmpty
            $line = "Get-NetDrop -NetworkNamespace dropmon-filter"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain $name
        }
        finally { ip netns delete $name }
    }
    It 'completes names of processes' {
        $line = 'Get-NetDrop -ProcessName pws'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'pwsh'
    }
    It 'completes inode numbers of network namespaces' {
        $line = 'Get-NetDrop -NetworkNamespace '
        $own = (Get-Item /proc/self/ns/net).Target -replace '\D'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain $own
    }
}
