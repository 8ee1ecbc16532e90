package kafkon.readiness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A Java agent that answers a kubelet's probes: {@code GET /ready} is 200, or 503 with the reason in one line;
 * {@code GET /live} is 200 for as long as the JVM answers. {@code GET /why} is the same line as of {@code /ready}, always with 200:
 * an API server that passes a question on keeps what an answer of 503 says to itself. It tells nothing else.
 */
public final class ReadinessAgent {
    private static final int THREADS = 2;

    private final Readiness readiness;

    private ReadinessAgent(Readiness readiness) {
        this.readiness = readiness;
    }

    /**
     * Called by the JVM before Kafka's own main. An agent that cannot do its work ends the JVM with its reason as the last line:
     * a node that no probe can see would never become ready, and nobody would know why.
     */
    public static void premain(String argument) {
        try {
            Settings settings = Settings.parse(argument);
            HttpServer server = listen(settings.port);
            server.setExecutor(Executors.newFixedThreadPool(THREADS, work -> daemon("kafkon-readiness", work)));
            server.createContext("/", new ReadinessAgent(new Readiness(settings.role))::answer);
            // The server's own thread is a daemon only if the thread that starts it is one.
            Thread starter = daemon("kafkon-readiness-start", server::start);
            starter.start();
            starter.join();
        } catch (IllegalArgumentException | IOException reason) {
            System.err.println("kafkon readiness agent: " + reason.getMessage());
            System.exit(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer listen(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException reason) {
            throw new IOException("cannot listen on port " + port + ": " + reason.getMessage(), reason);
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            if (!method.equals("GET")) {
                respond(exchange, 405, "only GET");
            } else if (path.equals("/ready")) {
                String reason = readiness.reasonAgainst();
                respond(exchange, reason == null ? 200 : 503, reason == null ? "ready" : reason);
            } else if (path.equals("/why")) {
                String reason = readiness.reasonAgainst();
                respond(exchange, 200, reason == null ? "ready" : reason);
            } else if (path.equals("/live")) {
                respond(exchange, 200, "live");
            } else {
                respond(exchange, 404, "only /ready, /why and /live");
            }
        } finally {
            exchange.close();
        }
    }

    private static void respond(HttpExchange exchange, int status, String line) throws IOException {
        byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
