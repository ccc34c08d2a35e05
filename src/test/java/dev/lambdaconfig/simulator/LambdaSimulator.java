package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A running simulator. Its own methods act on the functions of its home account and Region; {@link
 * #region} gives access to others.
 */
public final class LambdaSimulator implements AutoCloseable {

  static {
    // Header and body leave as two packets, and without this the second waits for 40 ms. It must
    // be set before the JDK's server is first used.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ExternalResources externalResources = new ExternalResources();
  private final Dialect dialect = new Dialect();
  private final SimulatedIam iam;
  private final Faults faults;
  private final RequestLog requests;
  private final Regions regions;
  private final AccountRegion home;

  private LambdaSimulator(Builder with) {
    home = new AccountRegion(with.account, with.region);
    faults = new Faults(with.clock);
    iam = new SimulatedIam(with.clock);
    requests = new RequestLog(with.requestsKept);
    regions =
        new Regions(
            home ->
                new SimulatedRegion(
                    home,
                    name ->
                        new FunctionContext(
                            home, name, externalResources, dialect, with.clock, with.updateTime)));
    Map<String, String> accountOfAccessKey = Map.copyOf(with.accountOfAccessKey);
    CallReader reader =
        new CallReader(home, key -> accountOfAccessKey.getOrDefault(key, iam.accountOf(key)));
    Operations operations = new Operations(regions, dialect, iam);
    HttpHandler lambda = new LambdaApi(reader, operations, faults, requests, with.clock);
    HttpHandler sts = new StsApi(iam, home.region(), faults, requests, with.clock);
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), with.port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext(
        "/", exchange -> (StsApi.isMeant(exchange) ? sts : lambda).handle(exchange));
    server.createContext(AdminApi.PATH, new AdminApi(regions, home, requests, faults));
    server.start();
  }

  public static LambdaSimulator start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public ExternalResources externalResources() {
    return externalResources;
  }

  public Dialect dialect() {
    return dialect;
  }

  public Faults faults() {
    return faults;
  }

  public RequestLog requests() {
    return requests;
  }

  /** Identity providers, roles and their sessions. */
  public SimulatedIam iam() {
    return iam;
  }

  /** The account of callers whose access key is nobody's. */
  public String homeAccount() {
    return home.account();
  }

  public SimulatedRegion home() {
    return regions.in(home);
  }

  /** A Region of the home account. */
  public SimulatedRegion region(String region) {
    return region(home.account(), region);
  }

  public SimulatedRegion region(String account, String region) {
    return regions.in(new AccountRegion(account, region));
  }

  /**
   * Lets callers of all accounts reach the functions of this one by ARN, as resource-based policies
   * do.
   */
  public void openAccount(String account) {
    regions.open(account);
  }

  /** Calls {@link SimulatedRegion#createFunction} of the home Region. */
  public void createFunction(FunctionSeed seed) {
    home().createFunction(seed);
  }

  /** Calls {@link SimulatedRegion#function} of the home Region. */
  public JsonNode function(String name) {
    return home().function(name);
  }

  /** Calls {@link SimulatedRegion#changeBehindTheBack} of the home Region. */
  public void changeBehindTheBack(String name, String json) {
    home().changeBehindTheBack(name, json);
  }

  /** Calls {@link SimulatedRegion#touch} of the home Region. */
  public void touch(String name) {
    home().touch(name);
  }

  /** Calls {@link SimulatedRegion#settle} of the home Region. */
  public void settle(String name) {
    home().settle(name);
  }

  /** Calls {@link SimulatedRegion#setState} of the home Region. */
  public void setState(
      String name, @Nullable String state, @Nullable String reason, @Nullable String reasonCode) {
    home().setState(name, state, reason, reasonCode);
  }

  /** Calls {@link SimulatedRegion#setLastUpdateStatus} of the home Region. */
  public void setLastUpdateStatus(
      String name, @Nullable String status, @Nullable String reason, @Nullable String reasonCode) {
    home().setLastUpdateStatus(name, status, reason, reasonCode);
  }

  /** Calls {@link SimulatedRegion#setMember} of the home Region. */
  public void setMember(String name, String member, @Nullable Object value) {
    home().setMember(name, member, value);
  }

  /** Calls {@link SimulatedRegion#deleteFunction} of the home Region. */
  public void deleteFunction(String name) {
    home().deleteFunction(name);
  }

  @Override
  public void close() {
    faults.clear();
    server.stop(0);
    executor.shutdownNow();
  }

  /** Settings of a simulator before it starts. */
  public static final class Builder {

    private String account = "123456789012";
    private String region = "eu-west-1";
    private Duration updateTime = Duration.ofMillis(100);
    private int port;
    private int requestsKept = 100_000;
    private InstantSource clock = InstantSource.system();
    private final Map<String, String> accountOfAccessKey = new HashMap<>();

    private Builder() {}

    public Builder account(String id) {
      account = id;
      return this;
    }

    /** Sets the home Region, that of unsigned requests and of the simulator's own methods. */
    public Builder region(String name) {
      region = name;
      return this;
    }

    /**
     * Sets the time for which creations and updates are in progress
     * (docs/aws.md#update-in-progress).
     */
    public Builder updateTime(Duration time) {
      updateTime = time;
      return this;
    }

    /** Sets the port; zero, the default, takes a free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** Sets the clock of everything but {@link FaultScript#thenDelay}. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** Assigns an access key to an account; all other callers are in the home account. */
    public Builder accessKey(String accessKeyId, String ofAccount) {
      accountOfAccessKey.put(accessKeyId, ofAccount);
      return this;
    }

    /** Sets the number of newest requests that the log keeps; 100,000 by default. */
    public Builder requestsKept(int most) {
      requestsKept = most;
      return this;
    }

    public LambdaSimulator start() {
      return new LambdaSimulator(this);
    }
  }
}
