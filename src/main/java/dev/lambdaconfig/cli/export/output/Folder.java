package dev.lambdaconfig.cli.export.output;

import dev.lambdaconfig.cli.export.manifest.ExportedManifest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A directory with a file for each resource, and with a file for each Secret in the directory
 * {@code secrets}.
 */
public final class Folder implements ManifestOutput {

  private static final String SECRETS = "secrets";

  /** The longest {@code kustomization.yaml} that is read: far above that of 10,000 functions. */
  private static final long LONGEST_KUSTOMIZATION = 16_000_000;

  /**
   * The rules of a directory.
   *
   * @param overwrites whether files are overwritten that have another content
   * @param resumes whether nothing is read for resources whose files exist
   * @param kustomizes whether a {@code kustomization.yaml} lists the files
   */
  public record Rules(boolean overwrites, boolean resumes, boolean kustomizes) {}

  private final Path directory;
  private final Rules rules;
  private final SortedSet<String> resources = new TreeSet<>();

  private Folder(Path directory, Rules rules) {
    this.directory = directory;
    this.rules = rules;
  }

  /**
   * Opens a directory, which is created if it does not exist.
   *
   * @throws OutputException if files cannot be written there
   */
  public static Folder open(Path directory, Rules rules) throws OutputException {
    try {
      AtomicFile.prepare(directory);
      if (!Files.isWritable(directory)) {
        throw new AccessDeniedException(directory.toString());
      }
    } catch (IOException e) {
      throw OutputException.of(directory, e);
    }
    return new Folder(directory, rules);
  }

  @Override
  public boolean isResumable() {
    return true;
  }

  @Override
  public boolean isLost() {
    return false;
  }

  @Override
  public boolean has(String resource) {
    Path file = directory.resolve(fileName(resource));
    boolean has = rules.resumes() && Files.exists(file);
    if (has) {
      listed(resource, Files.exists(secret(resource)));
    }
    return has;
  }

  /**
   * The name of the file of a resource. No name of a resource has the other ending, so that the
   * function {@code kustomization} shares its file with nothing.
   */
  private static String fileName(String resource) {
    return resource.equals("kustomization") ? resource + ".lfc.yaml" : resource + ".yaml";
  }

  private Path secret(String resource) {
    return directory.resolve(SECRETS).resolve(resource + ".yaml");
  }

  private void listed(String resource, boolean hasSecret) {
    resources.add(fileName(resource));
    if (hasSecret) {
      resources.add(SECRETS + "/" + resource + ".yaml");
    }
  }

  @Override
  public Outcome write(ExportedManifest manifest) throws OutputException {
    String name = manifest.name();
    Path file = directory.resolve(fileName(name));
    String secret = manifest.secret();
    // First, so that a resource that is there has all that it refers to.
    Outcome ofSecret = secret == null ? Outcome.UNCHANGED : putSecret(name, secret);
    Outcome ofResource = put(file, manifest.text(), manifest.hasValues());
    listed(name, secret != null);
    return ofResource == Outcome.UNCHANGED ? ofSecret : ofResource;
  }

  private Outcome putSecret(String resource, String text) throws OutputException {
    Path secrets = directory.resolve(SECRETS);
    try {
      AtomicFile.prepare(secrets);
    } catch (IOException e) {
      throw OutputException.of(secrets, e);
    }
    return put(secret(resource), text, true);
  }

  private Outcome put(Path file, String text, boolean isPrivate) throws OutputException {
    try {
      if (AtomicFile.hasText(file, text)) {
        return Outcome.UNCHANGED;
      }
      if (Files.exists(file) && !rules.overwrites()) {
        return Outcome.KEPT;
      }
      AtomicFile.write(file, text, isPrivate);
      return Outcome.WRITTEN;
    } catch (IOException e) {
      throw OutputException.of(file, e);
    }
  }

  @Override
  public String finish() throws OutputException {
    if (!rules.kustomizes()) {
      return "";
    }
    Path file = directory.resolve(Kustomization.FILE);
    String text = Kustomization.of(resources);
    try {
      if (Files.exists(file) && !rules.overwrites() && !AtomicFile.hasText(file, text)) {
        String present = Files.size(file) > LONGEST_KUSTOMIZATION ? "" : Files.readString(file);
        if (!Kustomization.isOwn(present)) {
          SortedSet<String> missing = new TreeSet<>(resources);
          missing.removeAll(Kustomization.resources(present));
          return missing.isEmpty()
              ? ""
              : "%s has been edited and is kept: add these resources to it, or use --force: %s"
                  .formatted(file, String.join(", ", missing));
        }
        SortedSet<String> all = new TreeSet<>(Kustomization.resources(present));
        all.removeIf(resource -> !Files.exists(directory.resolve(resource)));
        all.addAll(resources);
        text = Kustomization.of(all);
      }
      if (!AtomicFile.hasText(file, text)) {
        AtomicFile.write(file, text, false);
      }
      return "";
    } catch (IOException e) {
      throw OutputException.of(file, e);
    }
  }
}
