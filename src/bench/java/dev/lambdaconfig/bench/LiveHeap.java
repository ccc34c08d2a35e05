package dev.lambdaconfig.bench;

import dev.lambdaconfig.launcher.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a collection leaves of the heap of another JVM, by that JVM's own tool. */
final class LiveHeap {

  /** A generation of the serial collector. */
  private static final Pattern USED =
      Pattern.compile("^ *\\S.* total \\d+K, used (\\d+)K", Pattern.MULTILINE);

  private LiveHeap() {}

  /** Collects, and returns the bytes that are left; nothing where the tool is not at hand. */
  static OptionalLong of(ProcessHandle process) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(tool)) {
      return OptionalLong.empty();
    }
    String pid = String.valueOf(process.pid());
    Shell shell = new Shell(Path.of(System.getProperty("java.io.tmpdir")));
    Launch.ownEnvironment().forEach(shell::with);
    Shell.Result collection = shell.run(tool.toString(), pid, "GC.run");
    Shell.Result heap = shell.run(tool.toString(), pid, "GC.heap_info");
    if (collection.exitCode() != 0 || heap.exitCode() != 0) {
      return OptionalLong.empty();
    }
    long kilobytes =
        USED.matcher(heap.output())
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .sum();
    return kilobytes == 0 ? OptionalLong.empty() : OptionalLong.of(1024 * kilobytes);
  }
}
