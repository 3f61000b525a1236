# What setup, boot and run share. Sourced, not run.

vm=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
top=$(dirname "$(dirname "$vm")")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dropmon/vm

# die WHAT REMEDY: says what failed and the fix, and ends.
die() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    [ $# -lt 2 ] || printf '%*s  %s\n' "${#0}" '' "Fix: $2" | sed 's/^ */  /' >&2
    exit 1
}

# kernels: the names of all kernels in the table, a line each.
kernels() { awk '!/^#/ && NF { print $1 }' "$vm/kernels"; }

# kernel_field KERNEL COLUMN: one field of a kernel's row.
kernel_field() { awk -v kernel="$1" -v column="$2" '$1 == kernel { print $column }' "$vm/kernels"; }

# need_kernel KERNEL: ends unless the table has it.
need_kernel() {
    [ -n "$(kernel_field "$1" 1)" ] || die "there is no kernel \"$1\" in tests/vm/kernels." "use one of: $(kernels | xargs)."
}

# find_virtiofsd: where Debian puts it: in qemu's folder up to 12, a program of its own from 13 on.
find_virtiofsd() {
    local candidate
    for candidate in /usr/libexec/virtiofsd /usr/lib/qemu/virtiofsd; do
        [ -x "$candidate" ] && echo "$candidate" && return
    done
    return 1
}
