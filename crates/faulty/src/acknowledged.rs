//! How much of what was written to a socket the other side's kernel has acknowledged.

use std::io;
use std::os::fd::AsRawFd;

/// Bytes that were written and that nobody has acknowledged so far; the end of the stream counts as one when it was
/// sent. Can be asked after the connection broke: the count stays as it was then.
pub fn unacknowledged(socket: &impl AsRawFd) -> io::Result<u64> {
    let mut bytes: libc::c_int = 0;
    // SAFETY: the descriptor is borrowed and open for the length of the call; SIOCOUTQ (Linux's name for TIOCOUTQ on
    // sockets) writes one int, which `bytes` is.
    let answer = unsafe { libc::ioctl(socket.as_raw_fd(), libc::TIOCOUTQ, &raw mut bytes) };
    if answer != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(u64::try_from(bytes).unwrap_or(0))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::unacknowledged;
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpListener, TcpStream};

    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let near = TcpStream::connect(listener.local_addr().expect("bound")).expect("connected");
        (near, listener.accept().expect("accepted").0)
    }

    #[test]
    fn what_the_other_kernel_took_is_acknowledged_though_nobody_read_it() {
        let (mut near, far) = pair();
        near.write_all(&[7; 1_000]).expect("written");
        while unacknowledged(&near).expect("asked") > 0 {
            std::thread::yield_now();
        }
        drop(far);
        assert_eq!(unacknowledged(&near).expect("asked"), 0, "it stays acknowledged after the reset");
    }

    #[test]
    fn what_no_longer_fits_is_not_acknowledged_also_after_the_reset() {
        let (mut near, far) = pair();
        near.set_nonblocking(true).expect("set");
        let mut written = 0;
        while let Ok(count) = near.write(&[7; 65_536]) {
            written += count as u64;
        }
        let before = unacknowledged(&near).expect("asked");
        assert!((1..written).contains(&before), "some was taken and some not: {before} of {written}");
        drop(far);
        near.set_nonblocking(false).expect("set");
        let mut byte = [0];
        assert!(near.read(&mut byte).is_err(), "the reset came");
        let after = unacknowledged(&near).expect("asked");
        assert!((1..=before).contains(&after), "the rest was never acknowledged: {after} of {before}");
    }

    #[test]
    fn the_end_of_the_stream_is_acknowledged_like_a_byte() {
        let (near, _far) = pair();
        near.shutdown(Shutdown::Write).expect("ended");
        while unacknowledged(&near).expect("asked") > 0 {
            std::thread::yield_now();
        }
    }
}
