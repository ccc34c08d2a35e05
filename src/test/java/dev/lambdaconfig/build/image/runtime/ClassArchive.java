package dev.lambdaconfig.build.image.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The archive from which the JVM of the image maps the operator's classes, loaded and linked ahead
 * of time. A rehearsal of the operator in the image's own file system shows which these are.
 *
 * <p>Two archives of one list differ in the times of soft references, in milliseconds since the
 * machine's start, and in the checksums over them. So it is made until two are alike otherwise, and
 * what differs is set to zero: that makes it the same in each build.
 */
public final class ClassArchive {

  /** Where the image has it. */
  public static final String PATH = "app/lambda-config-operator.jsa";

  private static final String JAR = "app/lambda-config-operator.jar";
  private static final String OPTIONS = "app/jvm.options";

  /** The heap that a Pod with the chart's limits has: how references are encoded depends on it. */
  private static final String HEAP = "-Xmx128m";

  private static final int HEADER = 4096;

  /** A build takes less between the two. */
  private static final long MOST_MILLISECONDS = 3_600_000;

  private static final int MOST_TIMES = 4096;
  private static final int MOST_ARCHIVES = 5;
  private static final int MOST_REHEARSALS = 5;

  private final Confinement confinement;
  private final Path root;
  private final Map<String, String> environment;

  /**
   * Creates it for a root file system.
   *
   * @param environment the variables of the image
   */
  public ClassArchive(Confinement confinement, Path root, Map<String, String> environment) {
    this.confinement = confinement;
    this.root = root;
    this.environment = environment;
  }

  /**
   * Returns the archive.
   *
   * @param warning takes a warning if another build would give other bytes
   */
  public byte[] train(Consumer<String> warning) throws IOException, InterruptedException {
    Files.write(confinement.folder().resolve("classes.lst"), classes(warning));
    List<byte[]> archives = new ArrayList<>();
    archives.add(dump("0.jsa"));
    for (int next = 1; next < MOST_ARCHIVES; next++) {
      byte[] latest = dump(next + ".jsa");
      for (byte[] earlier : archives) {
        Optional<byte[]> leveled = leveled(earlier, latest);
        if (leveled.isPresent()) {
          return leveled.orElseThrow();
        }
      }
      archives.add(latest);
    }
    warning.accept("no two class archives are alike: another build has another digest");
    return archives.getFirst();
  }

  /** The list that two rehearsals agree on: where a timer or a retry comes in, one has more. */
  private List<String> classes(Consumer<String> warning) throws IOException, InterruptedException {
    List<List<String>> lists = new ArrayList<>();
    while (lists.size() < MOST_REHEARSALS) {
      List<String> latest = rehearse("recorded-" + lists.size() + ".lst");
      if (lists.contains(latest)) {
        return latest;
      }
      lists.add(latest);
    }
    warning.accept("no two rehearsals load the same classes: another build has another digest");
    return lists.getFirst();
  }

  private List<String> rehearse(String name) throws IOException, InterruptedException {
    java(
        "-Xshare:off",
        "-XX:DumpLoadedClassList=" + confinement.temporary(name),
        // Else a timer of the stand-ins' server runs once in a rehearsal that takes ten seconds.
        "-Dsun.net.httpserver.clockTick=600000",
        "-jar",
        confinement.inside(JAR),
        "warm-up");
    return ClassList.complete(
        Files.readAllLines(confinement.folder().resolve(name)),
        root.resolve(JAR),
        root.resolve("opt/java"));
  }

  private byte[] dump(String name) throws IOException, InterruptedException {
    java(
        "-Xshare:dump",
        "-XX:+AOTClassLinking",
        // Else a dump that takes long loses soft references, and makes what they held anew.
        "-XX:SoftRefLRUPolicyMSPerMB=1000000",
        "-XX:SharedClassListFile=" + confinement.temporary("classes.lst"),
        "-XX:SharedArchiveFile=" + confinement.temporary(name),
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "-cp",
        confinement.inside(JAR));
    return Files.readAllBytes(confinement.folder().resolve(name));
  }

  private void java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(confinement.java());
    command.add("@" + confinement.inside(OPTIONS));
    command.add(HEAP);
    command.addAll(List.of(arguments));
    String failure = confinement.run(environment, command);
    if (!failure.isEmpty()) {
      throw new IOException("the image's JVM made no class archive: " + failure);
    }
  }

  /** Returns an archive without the times in which the two differ; nothing if that is not all. */
  static Optional<byte[]> leveled(byte[] one, byte[] two) {
    if (one.length != two.length) {
      return Optional.empty();
    }
    ByteBuffer result = ByteBuffer.wrap(one.clone()).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer other = ByteBuffer.wrap(two).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < HEADER; at += Integer.BYTES) {
      if (result.getInt(at) != other.getInt(at)) {
        result.putInt(at, 0);
      }
    }
    int times = 0;
    for (int at = HEADER; at < one.length; at += Long.BYTES) {
      long first = result.getLong(at);
      long second = other.getLong(at);
      if (first != second) {
        times++;
        if (first <= 0 || second <= first || second - first > MOST_MILLISECONDS) {
          return Optional.empty();
        }
        result.putLong(at, 0);
      }
    }
    return times > MOST_TIMES ? Optional.empty() : Optional.of(result.array());
  }
}
