package dev.lambdaconfig.build.image;

import dev.lambdaconfig.build.image.debian.BaseFiles;
import dev.lambdaconfig.build.image.debian.LockedPackage;
import dev.lambdaconfig.build.image.debian.LockedPackage.Purpose;
import dev.lambdaconfig.build.image.debian.PackageLock;
import dev.lambdaconfig.build.image.debian.PackageStore;
import dev.lambdaconfig.build.image.layout.FileTree;
import dev.lambdaconfig.build.image.layout.Image;
import dev.lambdaconfig.build.image.layout.Layer;
import dev.lambdaconfig.build.image.layout.OciArchive;
import dev.lambdaconfig.build.image.runtime.ClassArchive;
import dev.lambdaconfig.build.image.runtime.Confinement;
import dev.lambdaconfig.build.image.runtime.JavaRuntime;
import dev.lambdaconfig.build.image.runtime.SharedLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Builds the container image: {@code mvn -Pimage package}. */
public final class BuildImage {

  private static final String JAR = "app/lambda-config-operator.jar";
  private static final String BILL_OF_MATERIALS = "app/lambda-config-operator.cdx.json";

  private final ImageOptions options;
  private final PackageLock lock;
  private final PackageStore packages;

  private BuildImage(ImageOptions options) throws IOException {
    this.options = options;
    this.lock = PackageLock.read(options.lock());
    this.packages = new PackageStore(options.packages(), options.mirrors(), options.offline());
  }

  /**
   * Writes the image, and prints its digest.
   *
   * @param args options as {@link ImageOptions} reads them
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    new BuildImage(ImageOptions.parse(args)).run();
  }

  private void run() throws IOException, InterruptedException {
    Set<String> modules = JavaRuntime.modules(options.jar(), options.modules());
    List<Image> images = new ArrayList<>();
    for (String architecture : options.architectures()) {
      images.add(build(architecture, modules));
    }
    String digest =
        OciArchive.write(
            options.archive(), images, "lambda-config-operator", options.version(), options.time());
    print(
        "%s, %d MB: %s"
            .formatted(options.archive(), Files.size(options.archive()) / 1_000_000, digest));
  }

  private Image build(String architecture, Set<String> modules)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(options.folder().resolve(architecture));
    boolean ours = ImageOptions.canRun(architecture);
    FileTree tree = FileTree.createAt(work.resolve("root"));
    addBase(tree, architecture);
    Path jmods = jmods(architecture, ours, work);
    if (!ours && options.jmods().toString().isEmpty()) {
      addPackages(tree, architecture, Purpose.RUNTIME);
    }
    JavaRuntime.link(tree, modules, jmods, work.resolve("linked"));
    Optional<byte[]> trustStore = BaseFiles.trustStore(tree);
    if (trustStore.isPresent()) {
      tree.write("opt/java/lib/security/cacerts", trustStore.orElseThrow());
    }
    addApplication(tree);
    tree.stamp(options.time());
    List<String> problems = SharedLibraries.problems(tree, architecture);
    if (!problems.isEmpty()) {
      throw new IOException(
          "the base does not fit the JVM for "
              + architecture
              + ":\n  "
              + String.join("\n  ", problems));
    }
    if (ours) {
      train(tree, work);
    } else {
      print(architecture + ": without class archive, which needs a machine of that architecture");
    }
    return image(tree, architecture, ours, work);
  }

  private void addBase(FileTree tree, String architecture)
      throws IOException, InterruptedException {
    if (options.base().toString().isEmpty()) {
      addPackages(tree, architecture, Purpose.BASE);
      BaseFiles.complete(tree);
    } else {
      BaseArchive.extract(options.base(), tree);
    }
  }

  private void addPackages(FileTree tree, String architecture, Purpose purpose)
      throws IOException, InterruptedException {
    for (LockedPackage each : lock.of(architecture, purpose)) {
      BaseFiles.add(tree, each.name(), packages.get(each, lock.time()));
    }
  }

  /** The modules of another architecture; an empty path for those of this JDK. */
  private Path jmods(String architecture, boolean ours, Path work)
      throws IOException, InterruptedException {
    if (ours) {
      return Path.of("");
    }
    if (!options.jmods().toString().isEmpty()) {
      return options.jmods();
    }
    FileTree extracted = FileTree.createAt(work.resolve("jdk"));
    for (LockedPackage each : lock.of(architecture, Purpose.JMODS)) {
      BaseFiles.extract(packages.get(each, lock.time()), "/jmods/", extracted);
    }
    return extracted.files().stream()
        .filter(file -> file.endsWith("java.base.jmod"))
        .map(Path::getParent)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "there is no JDK for "
                        + architecture
                        + " among the packages: name the jmods of one with -Dimage.jmods=FOLDER"));
  }

  private void addApplication(FileTree tree) throws IOException {
    tree.copy(options.jar(), JAR);
    tree.copy(options.jvmOptions(), "app/jvm.options");
    // Maven makes none offline; an old one would be of another jar.
    boolean present =
        Files.exists(options.billOfMaterials())
            && Files.getLastModifiedTime(options.billOfMaterials())
                    .compareTo(Files.getLastModifiedTime(options.jar()))
                >= 0;
    if (present) {
      tree.copy(options.billOfMaterials(), BILL_OF_MATERIALS);
    } else {
      print("without " + BILL_OF_MATERIALS + ": Maven makes no bill of materials offline");
    }
  }

  private void train(FileTree tree, Path work) throws IOException, InterruptedException {
    Path folder = FileTree.createAt(work.resolve("training")).root();
    Confinement confinement = Confinement.of(tree.root(), folder);
    if (!confinement.isConfined()) {
      print(
          "this machine allows no user namespaces: the class archive names the folder of this"
              + " build, so that a build elsewhere has another digest");
    }
    tree.write(
        ClassArchive.PATH,
        new ClassArchive(confinement, tree.root(), ImageSettings.ENVIRONMENT)
            .train(BuildImage::print));
    tree.stamp(options.time());
  }

  /** What changes seldom lies below what changes often. */
  private Image image(FileTree tree, String architecture, boolean trained, Path work)
      throws IOException {
    List<Layer> layers = new ArrayList<>();
    layers.add(
        layer("base", tree, path -> !path.startsWith("opt/java") && !path.startsWith("app"), work));
    layers.add(layer("java", tree, path -> path.startsWith("opt/java"), work));
    layers.add(
        layer(
            "operator",
            tree,
            path -> path.startsWith("app/") && !path.equals(ClassArchive.PATH),
            work));
    if (trained) {
      layers.add(layer("class-archive", tree, ClassArchive.PATH::equals, work));
    }
    return Image.of(
        architecture,
        layers,
        ImageSettings.of(options, trained),
        options.time().toString(),
        "mvn -Pimage package");
  }

  private Layer layer(String name, FileTree tree, Predicate<String> selected, Path work)
      throws IOException {
    Layer layer = Layer.write(name, tree, selected, options.time(), work);
    print("%s: %s, %.1f MB".formatted(work.getFileName(), name, layer.size() / 1e6));
    return layer;
  }

  private static void print(String line) {
    System.out.println("[image] " + line);
  }
}
