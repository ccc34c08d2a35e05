package dev.lambdaconfig.cli.launch;

import dev.lambdaconfig.cli.run.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs the operator once from its start to the end of an update, against stand-ins in this process:
 * the training run for the JVM's AOT cache ({@code lambda-config-operator train-cache}). It uses
 * neither a cluster nor AWS.
 */
@Command(
    name = WarmUpCommand.NAME,
    hidden = true,
    description = "Runs once against stand-ins for Kubernetes and AWS, for the JVM's AOT cache.",
    mixinStandardHelpOptions = true)
public final class WarmUpCommand implements Callable<Integer> {

  /** The command's name. */
  public static final String NAME = "warm-up";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, GeneralSecurityException, InterruptedException {
    Path folder = Files.createTempDirectory("warm-up-");
    try {
      RehearsalKey key = RehearsalKey.create(folder);
      key.trust();
      // Left open: when the process ends, the operator releases its Lease.
      Rehearsal rehearsal = Rehearsal.open(key);
      return runs(rehearsal, rehearsal.kubeconfig(folder)) ? 0 : 1;
    } finally {
      delete(folder);
    }
  }

  private boolean runs(Rehearsal rehearsal, Path kubeconfig) throws InterruptedException {
    // Properties take precedence over the environment, so that no real cluster or account is used.
    Map.of(
            "kubeconfig", kubeconfig.toString(),
            "aws.region", "eu-west-1",
            "aws.accessKeyId", "none",
            "aws.secretAccessKey", "none",
            "aws.endpointUrlLambda", rehearsal.url())
        .forEach(System::setProperty);
    int started =
        Objects.requireNonNull(spec.parent())
            .commandLine()
            .execute(
                RunCommand.NAME,
                "--management-port=0",
                "--leader-elect=true",
                "--sweep-interval=1h");
    boolean ended = started == RunCommand.RUNNING && rehearsal.awaitEnd(LIMIT);
    if (!ended) {
      spec.commandLine()
          .getErr()
          .println("error: the rehearsal did not finish within 2 minutes: see the log above");
    }
    return ended;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
