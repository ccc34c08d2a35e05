package dev.lambdaconfig.build.image.runtime;

import dev.lambdaconfig.build.image.layout.FileTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The shared libraries that the programs of a tree are linked with: whether the tree has them all,
 * for one architecture.
 */
public final class SharedLibraries {

  private static final int ELF = 0x464c457f;
  private static final int LOAD = 1;
  private static final int DYNAMIC = 2;
  private static final int NEEDED = 1;
  private static final int STRING_TABLE = 5;

  /** The number of an architecture in a header. */
  private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "arm64", 183);

  private SharedLibraries() {}

  /** Returns what is wrong: libraries that are missing, and programs for another architecture. */
  public static List<String> problems(FileTree tree, String architecture) throws IOException {
    Set<String> names = new HashSet<>();
    Map<String, ByteBuffer> programs = new TreeMap<>();
    for (Path file : tree.files()) {
      names.add(file.getFileName().toString());
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > 64) {
        ByteBuffer content = start(file);
        if (content.getInt(0) == ELF) {
          programs.put(
              tree.root().relativize(file).toString(),
              ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        }
      }
    }
    List<String> problems = new ArrayList<>();
    programs.forEach(
        (path, program) -> {
          if (program.getShort(18) != MACHINES.getOrDefault(architecture, -1)) {
            problems.add(path + " is not for " + architecture);
          }
          for (String library : needed(program)) {
            if (!names.contains(library)) {
              problems.add(path + " needs " + library);
            }
          }
        });
    return problems;
  }

  private static ByteBuffer start(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return ByteBuffer.wrap(in.readNBytes(64)).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** The libraries that a program names; of 64 bits, as all that Java runs on. */
  private static List<String> needed(ByteBuffer program) {
    int headers = (int) program.getLong(32);
    int size = program.getShort(54);
    int count = program.getShort(56);
    List<Integer> offsets = new ArrayList<>();
    long strings = 0;
    for (int i = 0; i < count; i++) {
      int header = headers + i * size;
      if (program.getInt(header) == DYNAMIC) {
        int at = (int) program.getLong(header + 8);
        while (program.getLong(at) != 0) {
          if (program.getLong(at) == NEEDED) {
            offsets.add((int) program.getLong(at + 8));
          } else if (program.getLong(at) == STRING_TABLE) {
            strings = program.getLong(at + 8);
          }
          at += 16;
        }
      }
    }
    int table = offset(program, headers, size, count, strings);
    return offsets.stream().map(offset -> text(program, table + offset)).toList();
  }

  /** Where in the file an address of memory comes from. */
  private static int offset(ByteBuffer program, int headers, int size, int count, long address) {
    for (int i = 0; i < count; i++) {
      int header = headers + i * size;
      long start = program.getLong(header + 16);
      if (program.getInt(header) == LOAD
          && address >= start
          && address < start + program.getLong(header + 32)) {
        return (int) (address - start + program.getLong(header + 8));
      }
    }
    return 0;
  }

  private static String text(ByteBuffer program, int start) {
    int end = start;
    while (program.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - start];
    program.get(start, text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
