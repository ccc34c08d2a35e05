package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Layers of a function of which others add some: two versions are of the same layer. */
final class Layers {

  /** The maximum number of layers of a function (docs/aws.md#layers). */
  private static final int MOST = 5;

  /** The part of an ARN of AWS's own layers: {@code arn:aws:lambda:::awslayer:NAME}. */
  private static final String AWS_LAYER = ":awslayer:";

  private Layers() {}

  /** The ARN of the layer without version; those of AWS itself have none. */
  static String key(String versionArn) {
    int colon = versionArn.lastIndexOf(':');
    return colon < 0 || versionArn.contains(AWS_LAYER)
        ? versionArn
        : versionArn.substring(0, colon);
  }

  /**
   * The spec's layers in their order, then those of the function that are neither of the same
   * layers nor owned.
   */
  static Value merged(Value own, Collection<String> owned, @Nullable Value live) {
    Set<String> keys = owned.stream().map(Layers::key).collect(Collectors.toSet());
    arns(own).forEach(arn -> keys.add(key(arn)));
    List<String> all = new ArrayList<>(arns(own));
    arns(live).stream().filter(arn -> !keys.contains(key(arn))).forEach(all::add);
    return Value.texts(all);
  }

  /** The ARNs of a list. */
  static List<String> arns(@Nullable Value layers) {
    return layers instanceof Items items
        ? items.items().stream().map(Value::toString).toList()
        : List.of();
  }

  /** The layers of the given ones, in whatever version. */
  static Value only(Value layers, Collection<String> versionArns) {
    Set<String> keys = versionArns.stream().map(Layers::key).collect(Collectors.toSet());
    return Value.texts(arns(layers).stream().filter(arn -> keys.contains(key(arn))).toList());
  }

  /** The reason for which a function cannot have all of these layers, or null. */
  static @Nullable String obstacle(Value own, Value all) {
    List<String> ours = arns(own);
    List<String> others = arns(all).stream().skip(ours.size()).toList();
    return ours.size() + others.size() <= MOST
        ? null
        : "Lambda allows %d layers, and there are %d: spec.layers has %d (%s), and other writers have"
                .formatted(MOST, ours.size() + others.size(), ours.size(), String.join(", ", ours))
            + " added %d (%s): remove some from spec.layers, have some of the others removed"
                .formatted(others.size(), String.join(", ", others))
            + " from the function, or set layersPolicy: Replace to remove all of the others";
  }
}
