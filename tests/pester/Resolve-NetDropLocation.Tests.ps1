BeforeAll { Import-Module $PSScriptRoot/../../DropMon.psd1 -Force }

Describe 'Resolve-NetDropLocation' {
    BeforeAll { $place = Resolve-NetDropLocation ip_rcv+0x10 }

    It 'finds the address of a function with an offset' { $place.Address | Should -BeGreaterThan 0xffff }
    It 'gives the place in one string' { $place.Location | Should -Match '^ip_rcv\+0x10' }
    It 'finds the function of an address' { (Resolve-NetDropLocation ('0x{0:x}' -f $place.Address)).Function | Should -Be 'ip_rcv' }
    It 'takes an address as a number' { (Resolve-NetDropLocation $place.Address).Offset | Should -Be 0x10 }
    It 'takes lines of a log from the pipeline' {
        ('1 drops at ip_rcv+10 (0xffffffff00000000) [software]' | Resolve-NetDropLocation).Address | Should -Be $place.Address
    }
    It 'has no line, or a file and a line' { ($null -eq $place.Line) | Should -Be ($null -eq $place.SourceFile) }

    It 'goes on behind what cannot be resolved' {
        $found = 'nothing here', 'no_such_function_x+0x1', 'ip_rcv+0x10' | Resolve-NetDropLocation -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.Function | Should -Be 'ip_rcv'
        $failed.FullyQualifiedErrorId | Should -Be 'LocationUnreadable,DropMon.Commands.ResolveNetDropLocationCommand', 'FunctionUnknown,DropMon.Commands.ResolveNetDropLocationCommand'
    }
}
