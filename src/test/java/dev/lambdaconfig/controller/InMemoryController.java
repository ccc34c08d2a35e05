package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.controller.resource.InMemoryCache;
import dev.lambdaconfig.controller.trigger.PeerEventSource;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.identity.InMemoryRoleSessions;
import dev.lambdaconfig.identity.InMemoryServiceAccounts;
import dev.lambdaconfig.identity.TenantIdentities;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import dev.lambdaconfig.status.Notice;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.values.InMemoryValueSources;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole controller with its neighbours in memory: Lambda, the API server's statuses, the cache
 * and the clocks. The Kubernetes client refuses everything, as RBAC does where nothing is granted.
 */
final class InMemoryController {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final InMemoryLambda aws = new InMemoryLambda();
  final Map<ResourceID, LambdaFunctionConfig> resources = new HashMap<>();
  final InMemoryStatusStore statuses = new InMemoryStatusStore();
  final List<Notice> events = new ArrayList<>();
  final InMemoryValueSources sources = new InMemoryValueSources();
  final ControllerView view;
  final ControllerModule module;
  final Queue<String> refused = new ConcurrentLinkedQueue<>();
  Policy policy = Policy.ALLOW_ALL;
  boolean leads = true;
  private final LambdaFunctionConfigReconciler reconciler;
  private final List<EventSource<?, LambdaFunctionConfig>> eventSources;
  private final PeerEventSource peers;
  private Duration elapsed = Duration.ZERO;
  private int created;

  InMemoryController() {
    this(OperatorMode.ENFORCE);
  }

  InMemoryController(OperatorMode mode) {
    KubernetesClient client = refusing(KubernetesClient.class);
    module =
        new ControllerModule(
            new Neighbours(
                new RateLimitedLambda(
                    aws, aws, new CallLimits(1000), this::nanos, RateLimitedLambda.Listeners.NONE),
                statuses,
                new Events(),
                listener -> sources,
                client,
                new TenantIdentities.Ports(
                    new InMemoryServiceAccounts(), new InMemoryRoleSessions(), Duration.ofHours(1)),
                Neighbours.Listeners.NONE,
                () -> leads),
            new OperatorSettings(
                Set.of(),
                new KnownRegions(Set.of(), SdkRegions::all, "eu-west-1"),
                Duration.ofMinutes(1),
                false,
                Duration.ofMinutes(10),
                mode,
                false,
                "operator",
                () -> policy),
            new Timing(new ManualClock(), this::nanos, () -> 0.5));
    reconciler = module.face();
    // Nobody looks at the configuration.
    eventSources =
        reconciler.prepareEventSources(
            new EventSourceContext<>(
                new InMemoryCache(resources),
                proxy(ControllerConfiguration.class, name -> null),
                client,
                LambdaFunctionConfig.class));
    peers = eventSource(PeerEventSource.class);
    view = module.view();
  }

  /** The event source of this class that the framework was given. */
  <T> T eventSource(Class<T> type) {
    return eventSources.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  private long nanos() {
    return elapsed.toNanos();
  }

  /** Lets time pass. */
  void pass(Duration time) {
    elapsed = elapsed.plus(time);
  }

  /** A resource, older than all that come after it; flow YAML will do for the spec. */
  LambdaFunctionConfig create(String namespace, String name, String spec) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.setSpec(
        Serialization.unmarshal("---\nspec: " + spec, LambdaFunctionConfig.class).getSpec());
    return store(namespace, name, resource);
  }

  /** The same with a resource that was read, whose metadata but for annotations are replaced. */
  LambdaFunctionConfig store(String namespace, String name, LambdaFunctionConfig resource) {
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName(name);
    resource.getMetadata().setUid("uid-" + ++created + "-of-" + name);
    resource.getMetadata().setGeneration(1L);
    resource.getMetadata().setResourceVersion("1");
    resource.getMetadata().setCreationTimestamp(START.plusSeconds(created).toString());
    resources.put(ResourceID.fromResource(resource), resource);
    return resource;
  }

  /** Replaces a resource by a newer version of it, as the watch shows it. */
  InMemoryController replace(LambdaFunctionConfig newer) {
    resources.put(ResourceID.fromResource(newer), newer);
    return this;
  }

  /** A resource with another spec, as the watch shows it; flow YAML will do for the spec. */
  LambdaFunctionConfig revise(LambdaFunctionConfig resource, String spec) {
    LambdaFunctionConfig revised = new LambdaFunctionConfig();
    revised.setMetadata(
        new ObjectMetaBuilder(resource.getMetadata())
            .withGeneration(resource.getMetadata().getGeneration() + 1)
            .build());
    revised.setSpec(
        Serialization.unmarshal("---\nspec: " + spec, LambdaFunctionConfig.class).getSpec());
    resources.put(ResourceID.fromResource(revised), revised);
    return revised;
  }

  /** Reconciles a resource as it is in the cache, once. */
  InMemoryController reconcile(LambdaFunctionConfig resource) {
    // Enough for the calls of any reconcile to fit the rate limit.
    pass(Duration.ofSeconds(2));
    reconcile(
        Objects.requireNonNull(resources.get(ResourceID.fromResource(resource))),
        /* deleted= */ false);
    return this;
  }

  /** Makes the reconcile for a deletion, with the last that was seen of the resource. */
  void reconcileDeleted(LambdaFunctionConfig resource) {
    reconcile(resource, /* deleted= */ true);
  }

  private void reconcile(LambdaFunctionConfig resource, boolean deleted) {
    var unused =
        reconciler.reconcile(
            resource,
            proxy(Context.class, name -> name.equals("isPrimaryResourceDeleted") ? deleted : null));
  }

  /** Deletes a resource, as the watch shows it. */
  void delete(LambdaFunctionConfig resource) {
    resources.remove(ResourceID.fromResource(resource));
    peers.onResourceDeleted(resource);
  }

  boolean isReported(LambdaFunctionConfig resource) {
    return statuses.of(resource) != null;
  }

  LambdaFunctionConfigStatus status(LambdaFunctionConfig resource) {
    return Objects.requireNonNull(statuses.of(resource), "no status");
  }

  /** Reasons and messages of all conditions. */
  String conditions(LambdaFunctionConfig resource) {
    return Objects.requireNonNull(status(resource).conditions).stream()
        .map(condition -> condition.reason() + ": " + condition.message())
        .collect(Collectors.joining("; "));
  }

  private final class ManualClock extends Clock {
    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return START.plus(elapsed);
    }
  }

  private final class Events implements EventRecorder {
    @Override
    public void record(LambdaFunctionConfig about, Notice notice) {
      events.add(notice);
    }

    @Override
    public void recordOnce(LambdaFunctionConfig about, String key, Notice notice) {
      events.add(notice);
    }

    @Override
    public void close() {}
  }

  private <T> T refusing(Class<T> type) {
    return proxy(
        type,
        name -> {
          refused.add(name);
          throw new KubernetesClientException(
              new StatusBuilder().withCode(403).withMessage(name + " is forbidden").build());
        });
  }

  /** An instance of an interface whose type arguments nobody looks at. */
  @SuppressWarnings("unchecked")
  private static <T> T proxy(Class<? super T> type, Function<String, @Nullable Object> answer) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.apply(method.getName()));
  }
}
