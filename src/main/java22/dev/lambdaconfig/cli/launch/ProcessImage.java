package dev.lambdaconfig.cli.launch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The program that this process runs, replaced by execv(3). */
final class ProcessImage {

  private ProcessImage() {}

  /**
   * Replaces the program, with the same process id, environment and open streams; returns if that
   * is not possible.
   *
   * @param command the path of the program, and its arguments
   */
  @SuppressWarnings("restricted")
  static void replace(List<String> command) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> execv = linker.defaultLookup().find("execv");
    if (execv.isEmpty() || !Files.isExecutable(Path.of(command.getFirst()))) {
      return;
    }
    MethodHandle call =
        linker.downcallHandle(
            execv.get(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      // Terminated by a null pointer, as execv requires.
      MemorySegment words = arena.allocate(ValueLayout.ADDRESS, command.size() + 1L);
      for (int index = 0; index < command.size(); index++) {
        words.setAtIndex(ValueLayout.ADDRESS, index, arena.allocateFrom(command.get(index)));
      }
      MemorySegment program = arena.allocateFrom(command.getFirst());
      // Returns only if it fails.
      int unused = (int) call.invokeExact(program, words);
      System.err.println(
          "lambda-config-operator: "
              + command.getFirst()
              + " cannot be run, so this goes on without the JVM options of the launcher");
    } catch (Throwable e) {
      throw new IllegalStateException("execv cannot be called", e);
    }
  }
}
