package dev.lambdaconfig.demo;

import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.run.RunningOperator;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.Location;
import dev.lambdaconfig.cluster.Speed;
import dev.lambdaconfig.program.OpenResources;
import dev.lambdaconfig.program.ShutdownSignal;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * {@code mvn -q -Pdemo}: shows the operator at work, and stays until Ctrl-C. {@code
 * -Ddemo.once=true} ends after the story, with exit code 0 only if each step came out.
 */
public final class Demo implements AutoCloseable {

  private static final String LOG = "target/demo/operator.log";
  private static final Duration SWEEP = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(50);

  private final DemoOptions options;
  private final Screen screen;
  private final OpenResources resources;

  private Demo(DemoOptions options, Screen screen) {
    this.options = options;
    this.screen = screen;
    this.resources = new OpenResources(screen::line);
  }

  /**
   * Runs the demo.
   *
   * @param arguments {@code --once=true|false --basedir=FOLDER --server=auto|real|in-process}
   */
  public static void main(String[] arguments) throws IOException {
    Screen screen = new Screen(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    DemoOptions options;
    try {
      options = DemoOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      screen.line(String.valueOf(e.getMessage()));
      System.exit(1);
      return;
    }
    ShutdownSignal signal = new ShutdownSignal();
    int exitCode = run(options, screen);
    signal.cleanedUp();
    System.exit(exitCode);
  }

  private static int run(DemoOptions options, Screen screen) throws IOException {
    Path log = options.basedir().resolve(LOG);
    Files.createDirectories(log.getParent());
    // This must precede the first logger.
    System.setProperty("demo.log", log.toString());
    System.setProperty("logback.configurationFile", "demo/logback.xml");
    String step = "the start";
    try (Demo demo = new Demo(options, screen)) {
      DemoEnvironment environment = demo.start();
      Narrator narrator = new Narrator(environment);
      try {
        new Story(environment, narrator, options.basedir().resolve("deploy/samples")).tell();
        new TenantStory(environment, narrator).tell();
        Summary.print(environment);
      } catch (RuntimeException e) {
        step = narrator.step();
        throw e;
      }
      if (!options.once()) {
        demo.stay(environment);
      }
      return 0;
    } catch (InterruptedException e) {
      return 0;
    } catch (Exception e) {
      if (Thread.interrupted()) {
        return 0;
      }
      screen.blank();
      screen.line("FAILED in step: " + step);
      screen.line(e instanceof StepFailed ? String.valueOf(e.getMessage()) : e.toString());
      screen.line("The operator's log: " + LOG);
      return 1;
    }
  }

  private DemoEnvironment start() throws Exception {
    screen.line(
        "lambda-config-operator with an API server and a simulated AWS, all on this machine");
    DemoCluster cluster = open(cluster());
    screen.entry("API server", cluster.describe());
    cluster.shortcomings().forEach(screen::more);
    screen.more("at " + cluster.client().getMasterUrl() + ", to look at it from another terminal:");
    screen.more("export KUBECONFIG=" + cluster.kubeconfig() + "; kubectl get lfc -A");
    LambdaSimulator aws = open(DemoFunctions.start());
    screen.entry(
        "AWS",
        "simulated at "
            + aws.endpoint()
            + ", "
            + DemoFunctions.ALL.size()
            + " functions in "
            + DemoFunctions.REGION);
    ResourceWatch watch = open(ResourceWatch.of(cluster.client()));
    open(operator(cluster, aws));
    screen.entry(
        "Operator", "looks for drift every " + SWEEP.toSeconds() + " s, and logs to " + LOG);
    return new DemoEnvironment(cluster, aws, watch, screen);
  }

  private DemoCluster cluster() throws IOException {
    Path crd = options.basedir().resolve("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml");
    if (options.server() != DemoOptions.Server.IN_PROCESS) {
      Location location = ApiServer.locate(Speed.SECONDS_ONLY);
      if (location.source().isPresent()) {
        return RealCluster.start(location.source().get(), crd);
      }
      if (options.server() == DemoOptions.Server.REAL) {
        throw new StepFailed("No real API server at hand. " + location.explanation());
      }
      screen.line(
          "No real API server at hand: set TEST_KUBECONFIG to a throw-away cluster, or run the"
              + " integration tests once.");
    }
    Path folder = Files.createTempDirectory("lambda-config-demo-");
    open(() -> delete(folder));
    return InProcessCluster.start(crd, folder);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static RunningOperator operator(DemoCluster cluster, LambdaSimulator aws)
      throws Exception {
    KubernetesClient client = cluster.newClient();
    return RunningOperator.start(
        client,
        new LambdaClients(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("demo", "demo")),
            aws.endpoint()),
        cluster.statuses(client),
        DemoFunctions.REGION,
        new RunOptions(SWEEP, 0, Set.of(ResourceWatch.NAMESPACE), false));
  }

  private void stay(DemoEnvironment environment) throws InterruptedException {
    ChangePrinter changes = new ChangePrinter(environment.aws(), screen);
    environment.watch().forwardTo(changes);
    screen.blank();
    screen.line("It goes on until Ctrl-C. Try, in another terminal with that KUBECONFIG:");
    screen.line(
        environment.cluster().validates()
            ? "  kubectl edit lfc " + DemoFunctions.REPORT
            : "  kubectl patch lfc "
                + DemoFunctions.REPORT
                + " --type=merge -p '{\"spec\": {\"timeout\": 60}}'");
    screen.line(
        "  curl -X POST "
            + environment.aws().endpoint()
            + "/_simulator/functions/"
            + DemoFunctions.ORDERS
            + " -d '{\"MemorySize\": 128}'");
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      changes.printFunctionChanges();
    }
  }

  private <T extends AutoCloseable> T open(T resource) {
    return resources.open(resource);
  }

  @Override
  public void close() {
    resources.close();
  }
}
