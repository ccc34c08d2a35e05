package dev.lambdaconfig.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The resources of a fleet as a watch shows them, and the goals that they get to. */
final class FleetWatch implements AutoCloseable {

  /** The last state of a resource, and the version of it in which its generation first appeared. */
  private record Last(Seen seen, String firstVersion) {}

  private final SettledRule settled;
  private final Map<String, Last> last = new ConcurrentHashMap<>();
  private final List<Goal> goals = new CopyOnWriteArrayList<>();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  FleetWatch(
      KubernetesClient client, String namespace, ResourceMapping resource, SettledRule settled) {
    this.settled = settled;
    this.informer =
        client
            .genericKubernetesResources(resource.context())
            .inNamespace(namespace)
            .inform(new Onlooker());
  }

  private final class Onlooker implements ResourceEventHandler<GenericKubernetesResource> {
    @Override
    public void onAdd(GenericKubernetesResource resource) {
      look(resource);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource resource) {
      look(resource);
    }

    @Override
    public void onDelete(GenericKubernetesResource resource, boolean unknown) {
      last.remove(resource.getMetadata().getName());
    }
  }

  private void look(GenericKubernetesResource resource) {
    String name = resource.getMetadata().getName();
    String version = resource.getMetadata().getResourceVersion();
    long generation = resource.getMetadata().getGeneration();
    Last before = last.get(name);
    String first =
        before != null && before.seen().generation() == generation
            ? before.firstVersion()
            : version;
    // Where a status names no generation, the one that came with a spec is about an earlier spec.
    boolean told = settled.namesGeneration() || !first.equals(version);
    Seen seen = new Seen(name, generation, told && settled.holds(resource));
    last.put(name, new Last(seen, first));
    goals.forEach(goal -> goal.look(seen));
  }

  /** A goal for what happens from now on. */
  Goal goal(Collection<String> names, Predicate<Seen> condition) {
    Goal goal = new Goal(names, condition);
    goals.add(goal);
    return goal;
  }

  void forget(Goal goal) {
    goals.remove(goal);
  }

  /** The generation of each resource. */
  Map<String, Long> generations() {
    Map<String, Long> generations = new HashMap<>();
    last.forEach((name, each) -> generations.put(name, each.seen().generation()));
    return generations;
  }

  /** The number of resources that are ready. */
  long ready() {
    return last.values().stream().filter(each -> each.seen().isReady()).count();
  }

  /** Whether all of them are ready. */
  boolean areReady(Collection<String> names) {
    return names.stream()
        .allMatch(name -> last.get(name) instanceof Last(Seen seen, String v) && seen.isReady());
  }

  @Override
  public void close() {
    informer.close();
  }
}
