// A way to a server that can be cut: node proxy.mjs PORT forwards to 127.0.0.1:PORT and prints its own port. SIGSTOP cuts it, SIGCONT mends it.
import { connect, createServer } from 'node:net';

createServer(client => {
    const server = connect(Number(process.argv[2]), '127.0.0.1');
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
