package dev.lambdaconfig.bench;

import dev.lambdaconfig.launcher.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operator that is measured.
 *
 * @param role whether it is the packaged one, an earlier build of it, or another operator
 * @param name its name and version, for tables
 * @param command its executable, and arguments that come before those of the mapping
 * @param crds files to install
 */
record Candidate(
    Role role, String name, List<String> command, OperatorMapping mapping, List<Path> crds) {

  /** The part that an operator plays in a comparison. */
  enum Role {
    OURS(""),
    BEFORE("-before"),
    OTHER("-other");

    private final String suffix;

    Role(String suffix) {
      this.suffix = suffix;
    }

    /** The end of the names of its files. */
    String suffix() {
      return suffix;
    }
  }

  static final String LAUNCHER = "lambda-config-operator";

  private static final int DIGITS = 12;

  /** The packaged operator. */
  static Candidate ours(BenchOptions options, String commit) throws IOException {
    return packaged(Role.OURS, options, options.jar(), "this one, " + commit);
  }

  /** An earlier build, with the launcher beside its jar; null if there is none. */
  static @Nullable Candidate before(BenchOptions options) throws IOException, InterruptedException {
    Path jar = options.before();
    if (jar == null) {
      return null;
    }
    if (!Files.isExecutable(jar.resolveSibling(LAUNCHER))) {
      throw new BenchmarkFailed("bench.before: the launcher is not beside " + jar);
    }
    return packaged(Role.BEFORE, options, jar, "before, jar " + hash(jar));
  }

  private static Candidate packaged(Role role, BenchOptions options, Path jar, String name)
      throws IOException {
    Path cache = jar.resolveSibling(LAUNCHER + ".aot");
    if (Files.exists(cache)) {
      throw new BenchmarkFailed("each start would use the AOT cache " + cache + ": remove it");
    }
    Path file = options.mappings().resolve(LAUNCHER + ".yaml");
    OperatorMapping mapping = OperatorMapping.read(file);
    return new Candidate(
        role,
        name,
        List.of(jar.resolveSibling(LAUNCHER).toString()),
        mapping,
        crds(file, mapping, List.of()));
  }

  /** Another operator; null if there is none. */
  static @Nullable Candidate other(BenchOptions options) throws IOException, InterruptedException {
    if (options.against().isEmpty()) {
      return null;
    }
    Path executable = Path.of(options.against().getFirst()).toAbsolutePath();
    if (!Files.isExecutable(executable)) {
      throw new BenchmarkFailed("bench.against: no executable " + executable);
    }
    OperatorMapping mapping = OperatorMapping.read(options.mapping());
    List<String> command = new ArrayList<>(options.against());
    command.set(0, executable.toString());
    return new Candidate(
        Role.OTHER,
        mapping.name() + ", " + version(executable, mapping),
        command,
        mapping,
        crds(options.mapping(), mapping, options.crds()));
  }

  private static String version(Path executable, OperatorMapping mapping)
      throws IOException, InterruptedException {
    List<String> arguments = mapping.versionArguments();
    if (arguments == null) {
      return "SHA-256 " + hash(executable);
    }
    Shell shell = new Shell(Path.of(System.getProperty("java.io.tmpdir")));
    Launch.ownEnvironment().forEach(shell::with);
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(arguments);
    Shell.Result result = shell.run(command.toArray(String[]::new));
    return result.output().lines().findFirst().orElse("unknown version").strip();
  }

  private static String hash(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> crds(Path file, OperatorMapping mapping, List<Path> more)
      throws IOException {
    List<Path> named = new ArrayList<>(more);
    if (mapping.crds() != null) {
      mapping.crds().forEach(crd -> named.add(file.resolveSibling(crd).normalize()));
    }
    List<Path> crds = new ArrayList<>();
    for (Path path : named) {
      if (!Files.exists(path)) {
        throw new BenchmarkFailed("no CustomResourceDefinition " + path);
      }
      try (Stream<Path> files = Files.walk(path)) {
        files
            .filter(each -> each.toString().endsWith(".yaml"))
            .filter(each -> !each.endsWith("kustomization.yaml"))
            .sorted()
            .forEach(crds::add);
      }
    }
    if (crds.isEmpty()) {
      throw new BenchmarkFailed("no CustomResourceDefinition: name files in -Dbench.crds");
    }
    return crds;
  }

  /** Whether it is this operator, of whatever build. */
  boolean isPackaged() {
    return role != Role.OTHER;
  }

  /** Whether it can take part in a scenario. */
  boolean takesPartIn(Scenario scenario) {
    return role == Role.OURS || mapping.scenarios().contains(scenario.word());
  }
}
