using DropMon.Cli;
using DropMon.Sources;

return DescriptorLimit.Suffices() ? CommandLine.Run(args, SourceCatalog.Default) : ExitCode.Failure;
