package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.cli.export.manifest.EnvironmentValues;
import dev.lambdaconfig.cli.export.output.Folder;
import dev.lambdaconfig.cli.export.output.ManifestOutput;
import dev.lambdaconfig.cli.export.output.ManifestStream;
import dev.lambdaconfig.cli.export.output.OutputException;
import dev.lambdaconfig.cli.format.NamespaceNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what is written, and where. */
final class OutputOptions {

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Writes a file for each function to this directory. Default: all manifests to the"
              + " standard output.")
  private @Nullable Path directory;

  @Option(
      names = "--kustomization",
      description = "Writes a kustomization.yaml that lists the files.")
  private boolean kustomization;

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      description = "The namespace of the resources. Default: none is named.")
  private @Nullable String namespace;

  @Option(
      names = "--env-secrets",
      description =
          "Declares environment variables: the values go into Secret manifests in the directory"
              + " secrets, which the resources refer to. Default: the environment is not declared.")
  private boolean envSecrets;

  @Option(
      names = "--clear-env",
      description = "Declares environment variables with their values in clear in the resources.")
  private boolean clearEnv;

  @Option(
      names = "--force",
      description = "Overwrites files that exist with another content, which are kept without it.")
  private boolean force;

  @Option(
      names = "--resume",
      description =
          "Skips functions whose files exist, without comparing them: to go on after an export that"
              + " was interrupted.")
  private boolean resume;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints no progress, only errors and a summary.")
  private boolean quiet;

  OutputOptions() {}

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    String misnamed = namespace == null ? null : NamespaceNames.problem("--namespace", namespace);
    if (misnamed != null) {
      problems.add(misnamed);
    }
    if (envSecrets && clearEnv) {
      problems.add("--env-secrets and --clear-env exclude each other: remove one of them");
    }
    if (force && resume) {
      problems.add("--force and --resume exclude each other: remove one of them");
    }
    if (directory == null) {
      needsDirectory(kustomization, "--kustomization", problems);
      needsDirectory(envSecrets, "--env-secrets", problems);
      needsDirectory(force, "--force", problems);
      needsDirectory(resume, "--resume", problems);
    }
    return problems;
  }

  private static void needsDirectory(boolean given, String option, List<String> problems) {
    if (given) {
      problems.add(option + " is about files: add --output DIR");
    }
  }

  @Nullable String namespace() {
    return namespace;
  }

  boolean isQuiet() {
    return quiet;
  }

  boolean hasDirectory() {
    return directory != null;
  }

  EnvironmentValues environmentValues() {
    if (clearEnv) {
      return EnvironmentValues.IN_CLEAR;
    }
    return envSecrets ? EnvironmentValues.IN_SECRETS : EnvironmentValues.LEFT_OUT;
  }

  /** Opens the destination, and creates it where it does not exist. */
  ManifestOutput open(PrintWriter out) throws OutputException {
    return directory == null
        ? new ManifestStream(out)
        : Folder.open(directory, new Folder.Rules(force, resume, kustomization));
  }
}
