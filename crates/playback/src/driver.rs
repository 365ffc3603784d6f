//! The player's thread: carries news to the machine, and its orders to the worker and the device.

use crate::machine::{Input, Machine, Output};
use crate::outlet::Outlet;
use crate::shared::Shared;
use crate::worker::{self, Fault, Order};
use crate::{Device, DeviceChoice, Devices, Loss, PlayerCommand, PlayerState, Wish};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub(crate) enum News {
    Command(PlayerCommand),
    Fault(Fault),
    /// With the number of the opening, as the news may come when another device is open already.
    Lost(u64, Loss),
    Stop,
}

pub(crate) struct Listeners {
    pub(crate) on_state: Box<dyn Fn(PlayerState) + Send>,
    pub(crate) on_wish: Box<dyn Fn(Wish) + Send>,
}

struct Driver {
    machine: Machine,
    shared: Arc<Shared>,
    devices: Arc<dyn Devices>,
    device: Option<Box<dyn Device>>,
    openings: u64,
    orders: Sender<Order>,
    news: Sender<News>,
    listeners: Listeners,
}

/// Starts the thread; it ends at [`News::Stop`].
pub(crate) fn start(devices: Arc<dyn Devices>, listeners: Listeners) -> Sender<News> {
    let (news, received) = channel();
    let to_itself = news.clone();
    let drive = move || {
        let shared = Arc::new(Shared::default());
        let faults = to_itself.clone();
        let on_fault = move |fault| drop(faults.send(News::Fault(fault)));
        // Without a thread for it every order fails, and the first one says so.
        let orders = worker::start(shared.clone(), on_fault).unwrap_or_else(|_| channel().0);
        let machine = Machine::new();
        let driver = Driver {
            machine,
            shared,
            devices,
            device: None,
            openings: 0,
            orders,
            news: to_itself,
            listeners,
        };
        driver.drive(&received);
    };
    // A machine that has no room for a thread plays nothing; commands then go nowhere.
    drop(std::thread::Builder::new().name("player".to_owned()).spawn(drive));
    news
}

impl Driver {
    fn drive(mut self, news: &Receiver<News>) {
        let started = Instant::now();
        loop {
            let next = match self.machine.next_deadline() {
                Some(deadline) => news.recv_timeout(deadline.saturating_sub(started.elapsed())),
                None => news.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let now = started.elapsed();
            self.handle(now, Input::Heard(self.shared.heard()));
            let input = match next {
                Ok(News::Command(command)) => Input::Command(command),
                Ok(News::Fault(Fault { generation, error })) => {
                    Input::SourceFailed { generation, words: error.to_string() }
                }
                Ok(News::Lost(opening, loss)) if opening == self.openings => match loss {
                    Loss::Gone(error) => Input::DeviceLost { words: error.to_string() },
                    Loss::Stuck(error) => Input::DeviceStuck { words: error.to_string() },
                },
                Ok(News::Lost(..)) | Err(RecvTimeoutError::Timeout) => continue,
                Ok(News::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            };
            self.handle(now, input);
        }
        self.device = None;
        drop(self.orders.send(Order::Stop));
    }

    fn handle(&mut self, now: Duration, input: Input) {
        self.machine.handle(now, input);
        while let Some(output) = self.machine.next_output() {
            match output {
                Output::State(state) => (self.listeners.on_state)(state),
                Output::Wish(wish) => (self.listeners.on_wish)(wish),
                Output::Take(samples) => drop(self.orders.send(Order::Take(samples))),
                Output::Fill { fill, gapless } => {
                    self.shared.want(fill.generation, gapless);
                    self.order(now, Order::Fill(fill));
                }
                Output::Sound(playing) => {
                    self.shared.set_playing(playing);
                    drop(self.orders.send(Order::Nudge));
                }
                Output::Volume(volume) => self.shared.set_volume(volume),
                Output::OpenDevice(choice) => self.open(now, &choice),
                Output::ReleaseDevice => self.device = None,
                Output::LookForDevice(choice) => {
                    let found = self.devices.is_there(&choice);
                    self.machine.handle(now, Input::DeviceFound(found));
                }
            }
        }
    }

    fn order(&mut self, now: Duration, order: Order) {
        // No device reads the ring: what stands in it for nobody is cleared here.
        if self.device.is_none() {
            self.shared.ring.clear();
        }
        let generation = self.shared.wanted();
        if self.orders.send(order).is_err() {
            let words = "The recording cannot be read: the player stopped working.".to_owned();
            self.machine.handle(now, Input::SourceFailed { generation, words });
        }
    }

    fn open(&mut self, now: Duration, choice: &DeviceChoice) {
        self.device = None;
        self.openings += 1;
        let (opening, news, orders) = (self.openings, self.news.clone(), self.orders.clone());
        let nudge = Box::new(move || drop(orders.send(Order::Nudge)));
        let outlet = Box::new(Outlet::new(self.shared.clone(), nudge));
        let lost = Box::new(move |loss| drop(news.send(News::Lost(opening, loss))));
        let input = match self.devices.open(choice, outlet, lost) {
            Ok(device) => {
                let name = device.name().to_owned();
                self.device = Some(device);
                Input::DeviceOpened { name }
            }
            Err(error) => Input::DeviceFailed { words: error.to_string() },
        };
        self.machine.handle(now, input);
    }
}
