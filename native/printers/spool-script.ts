/**
 * What PowerShell is told: opens the printer whose name stands in COUNTERMARK_PRINTER, says `ready`, and hands whatever
 * comes in to the spooler as one RAW document, byte for byte (winspool.drv: OpenPrinter, StartDocPrinter,
 * WritePrinter). It ends with 0, or with 10 where it cannot open the printer, 5 where it may not, 20 for the rest.
 */
export const SPOOL_SCRIPT = `
$ErrorActionPreference = 'Stop'
Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
public static class Spool {
  [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
  public class DocInfo { public string Name; public string Output; public string Type; }
  [DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern bool OpenPrinterW(string name, out IntPtr printer, IntPtr defaults);
  [DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern int StartDocPrinterW(IntPtr printer, int level, [In] DocInfo info);
  [DllImport("winspool.drv", SetLastError = true)] public static extern bool StartPagePrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)]
  public static extern bool WritePrinter(IntPtr printer, byte[] bytes, int count, out int written);
  [DllImport("winspool.drv", SetLastError = true)] public static extern bool EndPagePrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)] public static extern bool EndDocPrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)] public static extern bool ClosePrinter(IntPtr printer);
}
'@
function Fail($code) {
  $error = [Runtime.InteropServices.Marshal]::GetLastWin32Error()
  [Console]::Error.WriteLine("winspool $error")
  if ($error -eq 5) { exit 5 }
  exit $code
}
$printer = [IntPtr]::Zero
if (-not [Spool]::OpenPrinterW($env:COUNTERMARK_PRINTER, [ref]$printer, [IntPtr]::Zero)) { Fail 10 }
[Console]::Out.WriteLine('ready')
[Console]::Out.Flush()
$in = [Console]::OpenStandardInput()
$buffer = New-Object byte[] 8192
$begun = $false
while (($count = $in.Read($buffer, 0, $buffer.Length)) -gt 0) {
  if (-not $begun) {
    $info = New-Object Spool+DocInfo
    $info.Name = 'Countermark'
    $info.Type = 'RAW'
    if ([Spool]::StartDocPrinterW($printer, 1, $info) -eq 0) { Fail 20 }
    if (-not [Spool]::StartPagePrinter($printer)) { Fail 20 }
    $begun = $true
  }
  $written = 0
  if (-not [Spool]::WritePrinter($printer, $buffer, $count, [ref]$written) -or $written -ne $count) { Fail 20 }
}
if ($begun) {
  if (-not [Spool]::EndPagePrinter($printer)) { Fail 20 }
  if (-not [Spool]::EndDocPrinter($printer)) { Fail 20 }
}
[void][Spool]::ClosePrinter($printer)
exit 0
`
