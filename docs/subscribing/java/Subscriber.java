import com.google.gson.*;
import com.rabbitmq.client.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;

/** Prints every new customer once. Settings: WECOM_AMQP, the broker's address, and WECOM_QUEUE, your queue. */
public class Subscriber {
    // Enough for a start. With a database, write the id in the transaction of your work: INSERT ... ON CONFLICT DO NOTHING.
    private static final Path FILE = Path.of("handled.txt");
    private static final Set<String> HANDLED = new HashSet<>();

    public static void main(String[] arguments) throws Exception {
        if (Files.exists(FILE)) HANDLED.addAll(Files.readAllLines(FILE));
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(System.getenv("WECOM_AMQP"));
        factory.setNetworkRecoveryInterval(1000); // A connection that breaks is made again, and consumes again, by itself.
        Channel channel = connect(factory).createChannel();
        channel.addShutdownListener(cause -> { if (!cause.isHardError()) end(cause.getMessage()); }); // Hard ones break the connection.
        channel.basicQos(50);
        channel.basicConsume(System.getenv("WECOM_QUEUE"), false, (consumer, delivery) -> receive(channel, delivery), consumer -> end("the queue was deleted"));
    }

    private static void receive(Channel channel, Delivery delivery) throws IOException {
        try {
            handle(JsonParser.parseString(new String(delivery.getBody(), StandardCharsets.UTF_8)).getAsJsonObject());
        } catch (RuntimeException | IOException failure) {
            boolean poison = failure instanceof RuntimeException;
            System.err.println((poison ? "to the dead letters: " : "again: ") + failure.getClass().getSimpleName());
            if (!poison) java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000); // The broker counts deliveries: without a pause they are soon used up.
            channel.basicNack(delivery.getEnvelope().getDeliveryTag(), false, !poison);
            return;
        }
        channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
    }

    private static void handle(JsonObject event) throws IOException {
        if (!event.get("type").getAsString().equals("com.wecombridge.customer.added.v1")) return; // Other types, also ones to come, are fetched and forgotten.
        String id = event.get("id").getAsString();
        JsonObject data = event.getAsJsonObject("data");
        if (HANDLED.contains(id)) return;
        System.out.println("customer.added id=" + id + " corp=" + data.get("corp").getAsString() + " userId=" + data.get("userId").getAsString()
            + " externalUserId=" + data.get("externalUserId").getAsString() + " state=" + (data.has("state") ? data.get("state").getAsString() : "-") + " time=" + event.get("time").getAsString());
        Files.write(FILE, List.of(id), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        HANDLED.add(id);
    }

    private static Connection connect(ConnectionFactory factory) throws Exception {
        while (true)
            try { return factory.newConnection("subscriber"); }
            catch (IOException failure) { Thread.sleep(1000); }
    }

    private static void end(String why) {
        System.err.println("ended: " + why);
        System.exit(1); // What runs the program starts it again.
    }
}
